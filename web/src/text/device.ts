// A device in plain words, from what its browser says of itself.
import type { Say } from './span'

const browsers: [RegExp, string][] = [
  [/MicroMessenger\//, 'wechat'],
  [/Edg(?:A|iOS)?\//, 'Edge'],
  [/(?:Firefox|FxiOS)\//, 'Firefox'],
  [/QQBrowser\//, 'QQ Browser'],
  [/(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
]
// Android says Linux too, an iPhone says "like Mac OS X": the narrower name first.
const systems: [RegExp, string][] = [
  [/HarmonyOS/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]
const nameOf = (list: [RegExp, string][], agent: string): string | undefined => list.find(([sign]) => sign.test(agent))?.[1]

export function device(agent: string, t: Say): string {
  const browser = nameOf(browsers, agent)
  const system = nameOf(systems, agent)
  const spoken = browser === 'wechat' ? t('account.device.wechat', {}) : browser
  if (spoken && system) return t('account.device.on', { browser: spoken, system })
  const program = /^([\w.-]+)(?:\/|$)/.exec(agent)?.[1]
  if (program && program !== 'Mozilla') return t('account.device.program', { name: program })
  return spoken ?? system ?? t('account.device.unknown', {})
}
