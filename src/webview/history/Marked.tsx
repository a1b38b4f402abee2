/** A text with what was found in it; `marks` are pairs of where that begins and ends, in UTF-16 code units. */
export function Marked({ text, marks = [] }: { text: string; marks?: readonly number[] | undefined }) {
  const ends = [0, ...marks, text.length];
  return (
    <>
      {ends.slice(1).map((end, at) => {
        const part = text.slice(ends[at], end);
        return at % 2 === 1 ? <mark key={at}>{part}</mark> : part;
      })}
    </>
  );
}
