export function ref(callback: (element: Element | undefined) => void): unknown;
