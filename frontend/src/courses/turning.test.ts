import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { withStorage } from "../../test/device";
import { useReadingPlace } from "./reading";
import { useTurning } from "./turning";

const nothing = () => {};

test.each(["full", "forbidden"] as const)("a lesson is read and its keys are switched off where the storage is %s", (how) =>
  withStorage(how, () => {
    const { result, unmount } = renderHook(() => {
      useReadingPlace("manners/1", false);
      return useTurning(nothing, nothing);
    });
    expect(result.current[0]).toBe(true);
    act(() => result.current[1](false));
    expect(result.current[0]).toBe(false);
    unmount();
  }));

test("keys that were switched off stay off on this device", () => {
  const first = renderHook(() => useTurning(nothing, nothing));
  act(() => first.result.current[1](false));
  expect(renderHook(() => useTurning(nothing, nothing)).result.current[0]).toBe(false);
});
