// Divisions by name where the page knows it (GB/T 2260), with the code that is in the record.
type Say = (key: string) => string

export function divisionName(division: string, t: Say, te: (key: string) => boolean): string {
  const key = `supervision.divisions.d${division}`
  return te(key) ? `${t(key)} ${division}` : division
}
