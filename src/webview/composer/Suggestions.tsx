import { useLayoutEffect, useRef } from 'preact/hooks';
import type { FieldSuggestions } from './useSuggesting.ts';
import type { Suggestion } from './suggesting.ts';
import { Icon } from '../ui/Icon.tsx';

const listId = 'suggestion-list';

/** What a text field says of the list while it is open; the keyboard stays in the field. */
export function suggestionAttributes({ suggesting }: FieldSuggestions) {
  const list = suggesting.list.value;
  // No `aria-expanded`: a text box of several lines is not allowed to have it, so the announcer says that it opened.
  return {
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-controls': list && listId,
    'aria-activedescendant': list && optionId(list.selected),
  } as const;
}

/** The list above a text field, as the editor shows its own suggestions. */
export function Suggestions({ suggestions }: { suggestions: FieldSuggestions }) {
  const list = suggestions.suggesting.list.value;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [list]);
  if (!list) return null;
  return (
    <div
      id={listId}
      class="suggest-list"
      role="listbox"
      aria-label={list.label}
      // A list that scrolls has to be reachable by itself; the keys of the text field go through it before that.
      tabIndex={0}
      ref={box}
      // The keyboard stays in the text.
      onMouseDown={event => event.preventDefault()}
    >
      {grouped(list.items).map(({ name, items }) => {
        const options = items.map(({ suggestion, position }) => (
          <Option
            key={suggestion.id}
            suggestion={suggestion}
            position={position}
            isSelected={position === list.selected}
            onPick={() => suggestions.pick(position)}
          />
        ));
        if (name === undefined) return options;
        return (
          <div key={name} role="group" aria-label={name}>
            <div class="suggest-group" aria-hidden="true">
              {name}
            </div>
            {options}
          </div>
        );
      })}
    </div>
  );
}

interface OptionProps {
  suggestion: Suggestion;
  position: number;
  isSelected: boolean;
  onPick: () => void;
}

function Option({ suggestion, position, isSelected, onPick }: OptionProps) {
  const { label, detail, icon } = suggestion;
  return (
    <div
      id={optionId(position)}
      class="suggest-option"
      role="option"
      aria-selected={isSelected}
      title={detail === undefined ? label : `${label} – ${detail}`}
      onClick={onPick}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span class="suggest-label">{label}</span>
      {detail !== undefined && <span class="suggest-detail">{detail}</span>}
    </div>
  );
}

interface Group {
  name: string | undefined;
  items: { suggestion: Suggestion; position: number }[];
}

function grouped(items: readonly Suggestion[]): Group[] {
  const groups: Group[] = [];
  items.forEach((suggestion, position) => {
    let last = groups.at(-1);
    if (!last || last.name !== suggestion.group) groups.push((last = { name: suggestion.group, items: [] }));
    last.items.push({ suggestion, position });
  });
  return groups;
}

function optionId(position: number): string {
  return `suggestion-${position}`;
}
