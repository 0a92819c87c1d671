/** What of an AWS client is needed to add a step to its requests' way. */
export interface SteppedClient {
  middlewareStack: {
    add(middleware: Middleware, options: { name: string; step: 'initialize'; priority: 'high' }): void;
    addRelativeTo(middleware: Middleware, options: { name: string; relation: 'after'; toMiddleware: string }): void;
  };
}

/** A step of a request's way through the SDK; it is set up once an operation. */
export type Middleware = <Input, Output>(
  next: (input: Input) => Promise<Output>,
  context: { commandName?: string },
) => (input: Input) => Promise<Output>;
