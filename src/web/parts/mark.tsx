/** The mark of Doublon. */

/** Two cards becoming one. */
export function Mark() {
  return (
    <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark-back" x="3" y="3" width="19" height="19" rx="6" />
      <rect class="mark-front" x="10" y="10" width="19" height="19" rx="6" />
      <path class="mark-tick" d="M15 19.8l3.2 3.2 6-6.6" />
    </svg>
  );
}
