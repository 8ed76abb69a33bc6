// The types that the widgets' files share. They are for checking only: no browser reads this.

/** A widget's traits and messages, as anywidget gives them to a module. */
// biome-ignore lint/suspicious/noExplicitAny: shared helpers take the model of any widget
export interface Model<Traits extends object = any> {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  save_changes(): void;
  send(content: object, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  on(event: string, callback: Listener): void;
  off(event: string, callback: Listener): void;
}

// biome-ignore lint/suspicious/noExplicitAny: what a listener is given depends on the event
export type Listener = (...given: any[]) => void;

/** One view of a widget: the element to fill, and the signal that ends with the view. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export interface View<Traits extends object = any> {
  model: Model<Traits>;
  el: HTMLElement;
  signal: AbortSignal;
  /** Missing where the front end is older than composition. */
  host?: Host;
}

/** What gives a view the widgets that its model refers to. */
export interface Host {
  getWidget(
    reference: string,
  ): Promise<{ render(view: Pick<View, "el" | "signal">): Promise<void> }>;
}

/** Python's answer to a request: JSON, and bytes beside it. */
export interface Reply {
  // biome-ignore lint/suspicious/noExplicitAny: JSON, whose shape is that of its request
  answer: any;
  buffers: DataView<ArrayBuffer>[];
}

/** The trait that every widget has. */
export interface WidgetTraits {
  error: string;
}
