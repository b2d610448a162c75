import { steady } from "../../sandbox/stage/demand";
import { aTemplate } from "../../__tests__/builders/staged-pool";
import { closeTrials, Trial } from "./trial";

afterEach(closeTrials);

const MINUTE = 60;
const HOUR = 3600;

const OTHER_FILES = aTemplate("acme-eu-burst-0a0a0a0a");
const OTHER_RELEASE = aTemplate("acme-eu-burst-0b0b0b0b", "stable-12000");

describe("the real keeper after a change of the template", () => {
  it.each([
    ["other files", OTHER_FILES],
    ["another release", OTHER_RELEASE],
  ])(
    "renews every bridge for %s, first a new one, then an old one, with never fewer than before",
    async (_, template) => {
      const trial = new Trial({ demand: steady(110), speed: 480, policy: { minNumReplicas: 4 }, seed: 9 });
      const { stage } = trial;
      await trial.until("four bridges", () => trial.serving === 4, 10 * MINUTE);
      await trial.pass(40 * MINUTE);
      await trial.keeper("keeper", { min: 4, drainDeadlineSeconds: 30 * MINUTE });
      await trial.pass(10 * MINUTE);
      expect(stage.ledger.acts.filter(({ what }) => what !== "insert")).toEqual([]);

      const serving = trial.watch(() => trial.serving);
      const newOnesAtADrain: number[] = [];
      stage.ledger.onAct = ({ what }) => {
        if (!what.includes("drain/enable")) return;
        newOnesAtADrain.push(
          stage.bridges.filter((each) => each.template === template && each.jvb!.joined).length,
        );
      };
      stage.group.setTemplate(template);
      const isRenewed = (): boolean => stage.machines.every((each) => each.template === template);
      await trial.until("all are new", isRenewed, 6 * HOUR);
      await trial.until(
        "the autoscaler has its minimum back",
        () => stage.autoscaler.policy.minNumReplicas === 4,
        HOUR,
      );
      stage.callers.end();
      await trial.until("back at the minimum", () => trial.isAtRest, 5 * HOUR);

      expect(newOnesAtADrain.length).toBeGreaterThanOrEqual(4);
      expect(Math.min(...newOnesAtADrain)).toBeGreaterThanOrEqual(1);
      expect(Math.min(...serving.found)).toBeGreaterThanOrEqual(4);
      expect(stage.ledger.cuts).toEqual([]);
      expect(stage.ledger.refused).toBe(0);
    },
  );
});
