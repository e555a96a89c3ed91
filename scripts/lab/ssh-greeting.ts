import { connect } from "node:net";

/** What an SSH server says first. */
export function greeting(address: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: 22, timeout: 1000 });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString());
    });
    socket.once("error", fail);
    socket.once("timeout", () => {
      fail(new Error(`no answer from ${address}:22`));
    });
    socket.once("close", () => {
      reject(new Error(`${address}:22 closed the connection`));
    });
  });
}
