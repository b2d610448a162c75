import { type CustomerRoomChange, differs, lostOf, type RoomChange } from "./capacity-review";

/** The one shape of meetings that is shown of a customer. */
export interface ShownShape {
  /** In `shapes` of the customer and of each region. */
  readonly index: number;
  /** In all regions. */
  readonly room: RoomChange;
  /** ` of webinar meetings`, for another one than the first. */
  readonly kind: string;
}

/**
 * The first shape, with whose participants all else is counted, unless only others change, or lose room, such as when fewer
 * pictures are sent.
 */
export function shownShape({ shapes, regions, isLess }: CustomerRoomChange): ShownShape {
  const counts = isLess ? (room: RoomChange) => lostOf(room) > 0 : differs;
  const found = shapes.findIndex((room, at) =>
    [room, ...regions.map((region) => region.shapes[at]!)].some(counts),
  );
  const index = Math.max(0, found);
  const room = shapes[index]!;
  return { index, room, kind: index === 0 ? "" : ` of ${room.shape} meetings` };
}
