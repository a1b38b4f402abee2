/** Something that a message can name with `@`, as the list shows it. */
export interface MentionItem {
  /** Given by the host, which alone knows what it stands for. */
  id: string;
  label: string;
  /** Said beside the label, such as the folder. */
  detail?: string;
  /** Of the codicons. */
  icon: string;
  /** The heading that it stands below. */
  group?: string;
  /** What takes the place of what was typed; where it begins with `@`, that is searched for in turn. */
  text: string;
}
