/** Says things to the other tabs of this origin. Where the browser has no such channel, tabs go by what is stored. */
export class TabChannel<T> {
  private channel: BroadcastChannel | null = null;

  constructor(private readonly name: string) {}

  /** Starts listening; returns how to end it. Nothing is said or heard before. */
  listen(listener: (message: T) => void): () => void {
    if (typeof BroadcastChannel === "undefined") return () => undefined;
    const channel = new BroadcastChannel(this.name);
    channel.onmessage = ({ data }: MessageEvent<T>) => listener(data);
    this.channel = channel;
    return () => {
      channel.close();
      if (this.channel === channel) this.channel = null;
    };
  }

  post(message: T): void {
    this.channel?.postMessage(message);
  }
}
