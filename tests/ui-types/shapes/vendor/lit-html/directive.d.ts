/** A place in a template that binds a whole element. */
export interface ElementPart {
  readonly type: 6;
  readonly element: HTMLElement;
}
export interface PartInfo {
  readonly type: number;
}
export const PartType: { readonly ATTRIBUTE: 1; readonly CHILD: 2; readonly PROPERTY: 3; readonly BOOLEAN_ATTRIBUTE: 4; readonly EVENT: 5; readonly ELEMENT: 6 };
export class Directive {
  constructor(part: PartInfo);
  render(...values: any[]): unknown;
  update(part: any, values: any[]): unknown;
}
export function directive<C extends new (part: PartInfo) => Directive>(type: C): (...values: Parameters<InstanceType<C>["render"]>) => unknown;
