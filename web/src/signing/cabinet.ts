// Where this browser keeps the private halves of signing keys: IndexedDB, the one store that holds a key which no script
// can read out. Each belongs to the person who made it here; another who signs in is not shown it.

export interface KeptKey {
  /** SHA-256 of the public half in DER: by it the server's list names the key. */
  fingerprint: string
  person: string
  house: string
  privateKey: CryptoKey // not extractable
  /** Its number with the server, once it was registered. */
  id?: string
}
export interface Cabinet {
  of(person: string): Promise<KeptKey[]>
  put(key: KeptKey): Promise<void>
  drop(fingerprint: string): Promise<void>
}

const database = 'ebb.signing'
const store = 'keys'

export class BrowserCabinet implements Cabinet {
  async of(person: string): Promise<KeptKey[]> {
    const all = await this.ask('readonly', (keys) => keys.getAll() as IDBRequest<KeptKey[]>)
    return all.filter((key) => key.person === person)
  }
  async put(key: KeptKey): Promise<void> {
    await this.ask('readwrite', (keys) => keys.put(key))
  }
  async drop(fingerprint: string): Promise<void> {
    await this.ask('readwrite', (keys) => keys.delete(fingerprint))
  }

  // Rejects where a browser has none, forbids it, or its disk is full.
  private async ask<T>(mode: IDBTransactionMode, ask: (keys: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const opened = await open()
    try {
      return await new Promise<T>((done, fail) => {
        const transaction = opened.transaction(store, mode)
        const request = ask(transaction.objectStore(store))
        transaction.oncomplete = () => done(request.result)
        transaction.onabort = () => fail(transaction.error)
      })
    } finally {
      opened.close()
    }
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(database, 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(store, { keyPath: 'fingerprint' })
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
    request.onblocked = () => fail(new Error('another version of this page keeps the cabinet open'))
  })
}
