import type { JsonObject } from '../base/json.js';
import type { Difference } from '../model/comparison.js';
import type { ConfiguredParameter } from '../model/parameter.js';
import type { Patch } from '../model/report.js';
import type { Target } from '../model/target.js';
import type { Dialect } from '../syntax/dialect.js';
import type { TextEdit } from '../syntax/edit/apply-edits.js';
import type { EditableDocument } from '../syntax/edit/document.js';
import type { MapNode } from '../syntax/node.js';
import type { Source } from '../syntax/source.js';
import type { Evaluated, EvaluatedResource } from '../value/evaluated.js';
import type { MapValue } from '../value/value.js';
import type { Change, Intent } from './intent.js';

/** A file and what stands in it. */
export interface Parsed {
  source: Source;
  root: MapNode;
}

/** Values given from outside of a template, by name. */
export type Inputs = ReadonlyMap<string, ConfiguredParameter>;

/** What a program is evaluated with, beside all that was read of its stack. */
export interface Facts {
  inputs: Inputs;
}

/** Values as they are made of a source, by place. */
export type Remade = ReadonlyMap<string, string>;

/** By the rules of what a transform passes on as it is, by running the transform itself, or the program that makes the template. */
export type Proof = NonNullable<Patch['proof']>;

/** Runs the program that makes templates of other files of the repository. */
export interface Maker {
  /** Whether it makes the template at a path. */
  makes(path: string): boolean;
  /** All templates that it has made, by path. */
  readonly templates: ReadonlyMap<string, Source>;
  /**
   * The templates that it makes of edited files; those that come out the same are the same sources, and so are all where no
   * file is edited that it may read. Throws a `DriftError` where it fails.
   */
  make(edited: ReadonlyMap<string, Source>): Promise<ReadonlyMap<string, Source>>;
  /** Whether a template came out as another one of edited files that it was made of. */
  isOther(path: string, edited: ReadonlyMap<string, Source>): boolean;
  /** Puts away what it has needed to run. */
  close(): Promise<void>;
}

/** Sources that can be evaluated, and evaluated again with edited texts: all that a proof needs. */
export interface Program {
  /** The template, and the files that give it its inputs. */
  readonly files: readonly Source[];
  readonly template: Parsed;
  /** How it is known what edited files come to, where that is not by evaluating them alone. */
  readonly proof?: Proof | undefined;
  /**
   * What the service's own program makes of it now, where there is such: the text of every value, by the pointer of
   * resource and property (`/Queue/Properties/DelaySeconds`). Throws a `DriftError` where it is not there, or refuses.
   */
  remake?(): Promise<Remade>;
  /** What its configuration gives it; throws a `DriftError` where that is wrong. */
  readonly inputs: Inputs;
  /** Throws a `DriftError` where the service would reject it. */
  evaluate(facts: Facts): Evaluated;
  /** What a program that is nested in it as a resource is given, where it evaluates to this. */
  inputsOf(logicalId: string, evaluated: Evaluated): Inputs;
  /** The program with edited files, by path; throws a `DriftError` where they are no longer valid. */
  with(edited: ReadonlyMap<string, Source>): Program | Promise<Program>;
}

/** Whether a program's template is made by running another, which takes its time, and which other templates come of, too. */
export function isMadeByRunning({ proof }: Pick<Program, 'proof'>): boolean {
  return proof === 'synth';
}

/** Knows how a kind of infrastructure as code is written, so that it can be edited. */
export interface Editor {
  readonly dialect: Dialect;
  /** The edits that may make a change, the best first; the engine proves them. */
  edits(change: Change, difference: Difference, at: Editing): Iterable<Attempt>;
  /** Takes a resource out of its template. */
  removal(resource: EvaluatedResource, at: Editing): Attempt;
  /** The inputs that nothing uses any more after the edits of a finding, `own`, together with `all` others. */
  unusedAfter(template: Parsed, own: readonly TextEdit[], all: readonly TextEdit[]): string[];
}

/** Edits of the files that a template is made of, as far as they are known. */
export interface SourceEditor extends Pick<Editor, 'edits' | 'removal'> {
  /** The files that it may edit. */
  readonly files: readonly Source[];
}

/** What is known of a scanned stack. */
export interface StackFacts {
  target: Target;
  /** What Git says now. */
  evaluated: Evaluated;
  environment: { region: string; accountId: string | undefined };
  /** What the stack's deployed resources are called and what their attributes are, by logical ID. */
  known: Map<string, KnownResource>;
}

/** What is certain of a deployed resource, so that live values can be told to be it. */
export interface KnownResource {
  physicalId: string;
  /** Its live model, where it was read. */
  model: JsonObject | undefined;
  /** Pointers of properties that only AWS sets: those that other resources can refer to. */
  attributes: readonly string[];
  /** Pointers of properties that can't be set later without replacing the resource. */
  createOnly: readonly string[];
}

/** What candidates are made from: one stack at one state of the files. */
export interface Editing {
  stack: StackFacts;
  template: Parsed;
  logicalId: string;
  /** Of the resource. */
  properties: MapValue;
  /** Whether other stacks are made from the same template. */
  isShared: boolean;
  /** A file as it is by now, where other edits were made before. */
  current(source: Source): Source;
  documentOf(source: Source): EditableDocument;
}

/** A way to make a change: a candidate, or why this way is closed, and what opens it. */
export type Attempt = Candidate | { refused: string; advice?: string };

/** Edits of one file. */
export interface FileEdits {
  source: Source;
  edits: readonly TextEdit[];
}

/** An edit that may be the right one: its proof decides. */
export interface Candidate {
  source: Source;
  edits: TextEdit[];
  /** What is edited in other files with it: all of them, or none. */
  also?: readonly FileEdits[];
  /**
   * In every stack of the template, the value is a text from then on, as inputs are. That the place takes one is proven by
   * comparing it with what is live.
   */
  isText?: true;
  /** What a reader should know of it. */
  note?: string;
  /** What it does to the properties, where that is more than the difference asks for. */
  intent?: Intent;
  refused?: undefined;
}

/** All files that a candidate edits. */
export function filesEdited({ source, edits, also = [] }: Candidate): FileEdits[] {
  return [{ source, edits }, ...also];
}
