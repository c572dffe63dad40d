// The two ends of a WebSocket without a network: messages wait in order until the test lets them through.
export type Message = Record<string, unknown> & { type: string }

/** What Live uses of a WebSocket. Ordered like TCP; a cut loses whatever is still under way, either way. */
export class FakeSocket {
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  readonly toServer: string[] = []
  readonly toClient: string[] = []
  isOpen = true
  /** Everything the client ever said here. */
  readonly said: Message[] = []

  constructor(
    private readonly flows: () => boolean,
    private readonly serverHears: (message: Message) => void,
    private readonly serverLoses: () => void,
  ) {}

  // The client's side.
  send(text: string): void {
    if (!this.isOpen) return // a browser too drops what is said to a socket that is closing
    this.said.push(JSON.parse(text) as Message)
    this.toServer.push(text)
    if (this.flows()) this.flow()
  }
  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.serverLoses()
  }

  // The server's side.
  tell(message: object): void {
    if (!this.isOpen) return
    this.toClient.push(JSON.stringify(message))
    if (this.flows()) this.flow()
  }
  /** The connection ends: by the server with its code, or 1006 by the network. */
  end(code: number): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.toServer.length = this.toClient.length = 0
    this.serverLoses()
    this.onclose?.({ code } as CloseEvent)
  }

  /** One message arrives at the server. */
  stepUp(): boolean {
    const text = this.isOpen ? this.toServer.shift() : undefined
    if (text !== undefined) this.serverHears(JSON.parse(text) as Message)
    return text !== undefined
  }
  /** One message arrives at the client. */
  stepDown(): boolean {
    const text = this.isOpen ? this.toClient.shift() : undefined
    if (text !== undefined) this.onmessage?.({ data: text } as MessageEvent)
    return text !== undefined
  }
  flow(): void {
    while (this.stepUp() || this.stepDown());
  }
}
