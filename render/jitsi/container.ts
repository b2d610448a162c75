/**
 * What every container of the Jitsi images needs: a root file system that nobody writes to, and the two tmpfs that the
 * images expect (`/run` with `exec`, because their init runs scripts there). The processes run as uid 1000.
 *
 * @param image Repository and tag (`imageOf`).
 * @param runSize Size of `/run`; Java programs unpack their native libraries there.
 */
export const jitsiContainer = (image: string, runSize: "16M" | "32M" = "16M") => ({
  image,
  read_only: true,
  tmpfs: [`/run:size=${runSize},mode=1750,exec`, "/tmp:size=16M,mode=1777,noexec"],
});

/** The check that comes with the Prosody, Jicofo and bridge images. Docker shows the result and acts on none. */
export const HEALTHCHECK = {
  test: "/usr/local/bin/healthcheck.sh",
  interval: "30s",
  timeout: "10s",
  start_period: "1m",
};
