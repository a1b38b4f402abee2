/** How many paths the host looks for at once, and how long each may be. */
export const mostPathsAtOnce = 200;
export const longestPath = 400;
