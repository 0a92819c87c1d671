/** Where and as whom a request is made. */
export interface Place {
  region: string;
  roleArn?: string | undefined;
}
