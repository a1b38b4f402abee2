/** Where a turn stands in the conversation, from 1 on, and how many there are: attributes of its article. */
export interface TurnPlace {
  'aria-posinset': number;
  'aria-setsize': number;
}
