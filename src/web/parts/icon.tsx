/** The page's icons: outlines on a grid of 24, in the colour of the text. */

const PATHS = {
  star: 'm12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z',
  identical: 'M5 9.5h14M5 14.5h14',
  equivalent: 'M5 10c2.3-3 4.7-3 7 0s4.7 3 7 0M5 16c2.3-3 4.7-3 7 0s4.7 3 7 0',
  similar: 'M4.5 13.5c2.5-4 5-4 7.5-1s5 3 7.5-1',
  different: 'M5 9.5h14M5 14.5h14M15.5 5l-7 14',
  'only-here': 'M12 5v14M5 12h14',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.2',
  close: 'm6 6 12 12M18 6 6 18',
  back: 'm14.5 5-7 7 7 7',
  next: 'm9.5 5 7 7-7 7',
  merge: 'M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8m-3 1.5 3 3 3-3',
  hide: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM4 4l16 16',
  more: 'M5 12h.1M12 12h.1M19 12h.1',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17',
  reload: 'M19 8a8 8 0 1 0 1 5M19.5 3.5V8H15',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  undo: 'M9 14 4.5 9.5 9 5M5 9.5h8.5a6 6 0 0 1 0 12H9',
  keyboard: 'M3 7h18v11H3zM7 11h.1M11 11h.1M15 11h.1M8 14.5h8',
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5',
  duplicates: 'M4 4h11v11H4zM9 15v5h11V9h-5',
  history: 'M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5M12 8v4l3 2',
  people:
    'M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.5-4 3-6 6.5-6s6 2 6.5 6M16 5a3.3 3.3 0 0 1 0 6.2M18 14c2 .8 3.2 2.7 3.5 5.5',
  book: 'M5 4h12.5a1.5 1.5 0 0 1 1.5 1.5V20H6.5A1.5 1.5 0 0 1 5 18.5zM5 18.5A1.5 1.5 0 0 1 6.5 17H19M9 8h6',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  device: 'M7 3h10v18H7zM11 18h2',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.6-4.5 3.5-6.5 7.5-6.5s6.9 2 7.5 6.5',
  copy: 'M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4',
  import: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15',
  export: 'M12 15V4M7.5 8.5 12 4l4.5 4.5M4.5 19.5h15',
  plus: 'M12 5v14M5 12h14',
  edit: 'm5 19 1-4L16 5l3 3L9 18zM14 7l3 3',
  gear: 'M12 8.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM12 2.8v3M12 18.2v3M21.2 12h-3M5.8 12h-3M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1M18.5 18.5l-2.1-2.1M7.6 7.6 5.5 5.5',
  shield: 'M12 3.5 5 6v5.5c0 4.5 2.8 7.6 7 9 4.2-1.4 7-4.5 7-9V6zM9 11.8l2.2 2.2 3.8-4',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  bin: 'M5 7h14M9.5 7V4.5h5V7M7 7l1 13h8l1-13',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration next to words: hidden from screen readers. */
export function Icon(props: { name: IconName; size?: number }) {
  const size = props.size ?? 18;
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" class={`icon icon-${props.name}`}>
      <path
        d={PATHS[props.name]}
        fill={props.name === 'star' ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
