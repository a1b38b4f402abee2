/** A turn, and how far its start is from the top of the view in pixels; negative above it. */
export interface Anchor {
  turnId: string;
  offset: number;
}
