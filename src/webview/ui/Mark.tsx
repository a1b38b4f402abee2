/** The product's mark: lines of a page, its margin, and a note beside them. The same drawing as media/container.svg. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="40" height="40" aria-hidden="true">
      <path d="M3 5h8M3 10h8M3 15h8M3 20h5" />
      <path d="M14.5 3v18" />
      <path d="M18 8.5h3.5M18 12h2.5" />
    </svg>
  );
}
