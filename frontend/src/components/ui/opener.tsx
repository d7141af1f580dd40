"use client";

import {
  cloneElement,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useState,
  type ReactElement,
  type ReactNode,
  type Ref,
  type SyntheticEvent,
} from "react";
import { say } from "@/i18n/spoken";
import { useLazyPart, type LazyPart } from "@/lib/lazy-part";
import { toast } from "@/lib/toast";

type Props = Record<string, unknown>;
type Handler = (event: SyntheticEvent) => void;

/** What the part's trigger gives to the button, and what was done to the button before. */
class Slot {
  element: HTMLElement | null = null;
  handlers: Record<string, Handler> = {};
  given: Props = {};
  take: (given: Props) => void = () => undefined;
  /** How it is to be opened as soon as it can be. */
  missed: (() => void) | null = null;

  hold(element: HTMLElement | null, also: Ref<HTMLElement> | undefined): void {
    this.element = element;
    if (typeof also === "function") also(element);
    else if (also) also.current = element;
  }

  tell(name: string, event: SyntheticEvent): void {
    this.handlers[name]?.(event);
  }

  /** Also of what was given before: what is within is there before what it is in. */
  onTake(take: (given: Props) => void): void {
    this.take = take;
    take(this.given);
  }

  adopt(props: Props): void {
    const given = Object.entries(props).filter(([, value]) => value !== undefined);
    this.handlers = Object.fromEntries(given.filter(([, value]) => typeof value === "function")) as Record<
      string,
      Handler
    >;
    // Of a handler the name alone: which one it is changes with every drawing.
    this.given = Object.fromEntries(
      given.map(([key, value]) => [key, typeof value === "function" ? onName : value]),
    );
    this.take(this.given);
  }

  miss(how: () => void): void {
    this.missed = how;
  }

  forget(): (() => void) | null {
    const missed = this.missed;
    this.missed = null;
    return missed;
  }

  makeUp(): void {
    const missed = this.forget();
    if (missed) queueMicrotask(missed);
  }
}

const onName = Symbol("handler");

function isSame(one: Props, other: Props): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}

/** Stands for the button within the part: what a trigger would give to its own button goes to the one that is there. */
function Adopted({ slot, ref, ...props }: { slot: Slot; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => slot.element as HTMLElement, [slot]);
  useLayoutEffect(() => slot.adopt(props));
  // When the roots above listen as well.
  useEffect(() => slot.makeUp(), [slot]);
  return null;
}

export interface OpenerProps<T> {
  /** The button: there from the first drawing on, and the same one for as long as it is shown. */
  trigger: ReactElement;
  opens: "menu" | "dialog";
  /** What it opens. */
  part: LazyPart<T>;
  /** It is to be open without the button. */
  wanted?: boolean;
  /** It was `wanted` and could not be fetched. */
  onMissing?: () => void;
  /** `trigger`: what the part's own trigger is to draw. */
  children: (part: T, trigger: ReactElement) => ReactNode;
}

/** A button whose menu or popover comes in a script of its own, at the latest when somebody takes an interest in it. */
export function Opener<T>({ trigger, opens, part, wanted = false, onMissing, children }: OpenerProps<T>) {
  const own = trigger.props as Props;
  const [slot] = useState(() => new Slot());
  const [interest, setInterest] = useState(false);
  const [given, setGiven] = useState<Props>({});
  const loaded = useLazyPart(part, interest || wanted, () => {
    if (slot.forget() || wanted) toast.error(say("palette")("failed"));
    setInterest(false);
    onMissing?.();
  });
  // It stays: how it closes is drawn as well, and where the focus goes then.
  const [shown, setShown] = useState(false);
  if (!shown && loaded !== undefined && (interest || wanted)) setShown(true);

  const ownRef = own.ref as Ref<HTMLElement> | undefined;
  const ref = useCallback((element: HTMLElement | null) => slot.hold(element, ownRef), [slot, ownRef]);
  useLayoutEffect(() => {
    slot.onTake((next) => setGiven((now) => (isSame(now, next) ? now : next)));
  }, [slot]);

  /** Opened too early: once more when it can be. */
  const later = (event: SyntheticEvent, how: (element: HTMLElement) => void) => {
    if (own.disabled || event.defaultPrevented || Object.keys(given).length > 0) return;
    const element = event.currentTarget as HTMLElement;
    slot.miss(() => how(element));
    setInterest(true);
  };
  const early: Record<string, Handler> = {
    onPointerEnter: () => setInterest(true),
    onFocus: () => setInterest(true),
    onClick: (event) => {
      // Zero: by the keyboard, for which a menu goes to its first entry.
      const { detail } = event.nativeEvent as MouseEvent;
      const again = new MouseEvent("click", { bubbles: true, cancelable: true, detail });
      later(event, (element) => element.dispatchEvent(again));
    },
    onKeyDown: (event) => {
      const { key } = event.nativeEvent as KeyboardEvent;
      if (opens !== "menu" || (key !== "ArrowDown" && key !== "ArrowUp")) return;
      later(event, (element) => element.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
    },
  };
  const names = [...Object.keys(early), ...Object.keys(given).filter((key) => given[key] === onName)];
  const handlers = Object.fromEntries(
    names.map((name): [string, Handler] => [
      name,
      (event) => {
        (own[name] as Handler | undefined)?.(event);
        early[name]?.(event);
        slot.tell(name, event);
      },
    ]),
  );
  const attributes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== onName));
  return (
    <>
      {cloneElement(trigger, {
        "aria-haspopup": opens,
        "aria-expanded": false,
        ...attributes,
        ...own,
        ...handlers,
        ref,
      } as Props)}
      {shown && loaded !== undefined && children(loaded, <Adopted slot={slot} />)}
    </>
  );
}
