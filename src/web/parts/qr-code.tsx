/** A QR code: drawn dark on white whatever the colours of the page, as cameras want it. */
import { Failure, useLoaded } from './loaded.tsx';
import { modulesPath } from './qr-path.ts';

/** Modules of quiet zone on each side (ISO/IEC 18004 asks for four). */
const BORDER = 4;

export function QrCode(props: { text: string; label: string }) {
  // The encoder is a file of its own: only who asks for a code waits for it.
  const { value, fault, reload } = useLoaded(
    () => import('uqr').then(({ encode }) => encode(props.text, { ecc: 'M', border: BORDER })),
    [props.text],
  );
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null) return null;
  return (
    <svg class="qr-code" role="img" aria-label={props.label} viewBox={`0 0 ${value.size} ${value.size}`}>
      <path class="qr-ground" d={`M0 0h${value.size}v${value.size}h-${value.size}z`} />
      <path class="qr-modules" d={modulesPath(value.data)} shape-rendering="crispEdges" />
    </svg>
  );
}
