// What a screen reader is told: at most one announcement in three seconds, of each topic the newest sentence.

export const announceEveryMs = 3_000

export type Topic = 'situation' | 'extension' | 'receipt' | 'offer'
const order: Topic[] = ['receipt', 'offer', 'situation', 'extension']

export class Announcer {
  private waiting = new Map<Topic, string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly speak: (text: string) => void) {}

  say(topic: Topic, sentence: string): void {
    this.waiting.set(topic, sentence)
    if (this.timer === undefined) this.flush()
  }
  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.waiting.clear()
  }
  private flush(): void {
    this.timer = undefined
    if (this.waiting.size === 0) return
    const sentences = order.flatMap((topic) => this.waiting.get(topic) ?? [])
    this.waiting.clear()
    this.timer = setTimeout(() => this.flush(), announceEveryMs)
    this.speak(sentences.join(' '))
  }
}
