// A fingerprint as people compare it: its first sixteen digits in fours.

export function shortFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ')
}
