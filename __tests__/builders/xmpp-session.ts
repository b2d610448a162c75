import { connect } from "node:net";
import type { Socket } from "node:net";
import { connect as startTls } from "node:tls";
import type { TLSSocket } from "node:tls";

/** A login at an XMPP server, over TLS that begins with STARTTLS, as a bridge does it. */
export class XmppSession {
  /** Of the certificate that the server presented. */
  serial: string | undefined;
  private text = "";
  private closed = false;

  private constructor(
    private readonly hostname: string,
    private socket: Socket | TLSSocket,
  ) {
    this.listen();
  }

  /** A connection that is secured and verified with the authority's certificate, and not logged in. */
  static async open(port: number, hostname: string, ca: string): Promise<XmppSession> {
    const socket = connect(port, "127.0.0.1");
    const session = new XmppSession(hostname, socket);
    try {
      await session.ask(session.header, "</stream:features>");
      await session.ask("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", "<proceed");
      socket.removeAllListeners("data");
      const secure = startTls({ socket, servername: hostname, ca });
      session.socket = secure;
      await new Promise<void>((resolve, reject) =>
        secure.once("secureConnect", resolve).once("error", reject),
      );
      session.serial = secure.getPeerCertificate().serialNumber;
      session.listen();
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  async logIn(user: string, password: string): Promise<void> {
    await this.ask(this.header, "</stream:features>");
    const secret = Buffer.from(`\0${user}\0${password}`).toString("base64");
    const auth = `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`;
    await this.ask(auth, "<success");
    await this.ask(this.header, "</stream:features>");
    await this.ask("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>", "</iq>");
  }

  /** Resolves when the server answers on this very connection. */
  ping = (): Promise<void> =>
    this.ask(`<iq type='get' id='p' to='${this.hostname}'><ping xmlns='urn:xmpp:ping'/></iq>`, "id='p'");

  close(): void {
    this.socket.destroy();
  }

  private get header(): string {
    return (
      `<?xml version='1.0'?><stream:stream to='${this.hostname}' version='1.0' xmlns='jabber:client' ` +
      "xmlns:stream='http://etherx.jabber.org/streams'>"
    );
  }

  private listen(): void {
    this.socket.on("data", (data: Buffer) => (this.text += data.toString()));
    this.socket.on("error", () => (this.closed = true));
    this.socket.on("close", () => (this.closed = true));
  }

  private async ask(question: string, end: string): Promise<void> {
    this.text = "";
    this.socket.write(question);
    const begun = Date.now();
    while (!this.text.includes(end)) {
      if (this.closed || Date.now() - begun > 10_000)
        throw new Error(`no ${end} in: ${this.text || "no answer"}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
