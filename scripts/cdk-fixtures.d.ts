export function versionIn(folder: string): string;
export function recordedAssembly(folder: string, isCompiled?: boolean): Map<string, string>;
