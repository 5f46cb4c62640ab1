"""Where functions disable interrupts, for how many instructions, and what they call."""

import re

RETURNS = re.compile(r"(bx\w* lr|pop\S* .*pc.*|ldm\S* .*pc.*|ldr\S* pc, \[sp.*|ret)$")
# What C firmware provides; the section lies between the two calls.
ENTER, EXIT = "nprom_critical_enter", "nprom_critical_exit"


class Unknown(Exception):
    """The instructions do not tell where the program goes."""


def text(instruction):
    return f"{instruction.name} {instruction.operands}".strip()


def masks(instruction):
    """Whether it changes which interrupts are taken."""
    name, operands = instruction.name, instruction.operands
    return (
        name.startswith("cps")
        or (name == "msr" and re.match(r"(PRIMASK|BASEPRI|FAULTMASK)", operands, re.IGNORECASE) is not None)
        # A CSR is written by all of these but `csrr`.
        or (re.fullmatch(r"csr(w|s|c|rw|rs|rc)i?", name) is not None
            and re.search(r"\b(mstatus|mie|sstatus|sie)\b", operands) is not None)
    )


def unmasks(instruction):
    """Whether it ends a critical section."""
    name = instruction.name
    return masks(instruction) and (name in ("cpsie", "msr") or re.match(r"csr(s|rs|w|rw)i?$", name) is not None)


def is_return(instruction):
    return RETURNS.match(text(instruction)) is not None


def leaves_blindly(instruction):
    """A jump to where a register points, other than a return."""
    name, operands = instruction.name, instruction.operands
    if is_return(instruction) or instruction.target is not None:
        return False
    return name in ("jr", "jalr") or re.match(r"blx|bx", name) is not None \
        or re.match(r"(ldr|mov)\S* pc,", text(instruction)) is not None


def is_call(instruction):
    """Whether the program comes back behind it."""
    return instruction.name in ("bl", "blx", "call") or (
        instruction.name in ("jal", "jalr") and not re.match(r"(zero|x0),", instruction.operands)
    )


def callees(image, function):
    """The other functions that it calls or jumps to."""
    for instruction in function.instructions:
        if leaves_blindly(instruction):
            raise Unknown(f"{function.name} has '{text(instruction)}'")
        if instruction.target is not None:
            other = image.function_at(instruction.target)
            if other and other.address != function.address:
                yield other


def masking(image, function):
    """A path of function names to one that masks interrupts; empty where there is none."""
    paths, seen = [[function]], {function.address}
    while paths:
        path = paths.pop()
        if any(masks(instruction) for instruction in path[-1].instructions):
            return [function.name for function in path]
        for callee in callees(image, path[-1]):
            if callee.address not in seen:
                seen.add(callee.address)
                paths.append([*path, callee])
    return []


class Lengths:
    """Lengths of critical sections: the most instructions between the one that masks interrupts
    and the one that ends it, called functions included, each loop counted once."""

    def __init__(self, image):
        self.image, self._functions = image, {}

    def of(self, function):
        """The lengths of all sections of the function itself and of what it calls outside of them."""
        found, seen, waiting = [], set(), [function]
        while waiting:
            function = waiting.pop()
            if function.address in seen or function.name in (ENTER, EXIT):
                continue
            seen.add(function.address)
            inside = set()
            for at, instruction in enumerate(function.instructions):
                if self._begins(instruction):
                    found.append(self._longest(function, at + 1, inside))
            waiting += [
                self.image.function_at(instruction.target) for instruction in function.instructions
                if instruction.target is not None and instruction.address not in inside
            ]
        return found

    def _names(self, instruction, name):
        callee = self.image.function_at(instruction.target) if instruction.target is not None else None
        return callee is not None and callee.name == name

    def _begins(self, instruction):
        return self._names(instruction, ENTER) or (masks(instruction) and not unmasks(instruction))

    def _ends(self, instruction):
        return self._names(instruction, EXIT) or unmasks(instruction)

    def _whole(self, function):
        """The most instructions of a call."""
        if function.address not in self._functions:
            self._functions[function.address] = 0  # recursion counts once
            self._functions[function.address] = self._longest(function, 0, set())
        return self._functions[function.address]

    def _longest(self, function, start, inside):
        """The longest way from the instruction number `start` to an end or a return; `inside` gets
        the addresses on all ways."""
        instructions = function.instructions
        numbers = {instruction.address: at for at, instruction in enumerate(instructions)}
        lengths = {}
        # Depth first: an instruction is done when those that follow it are.
        waiting = [(start, False)]
        while waiting:
            at, followed = waiting.pop()
            if at >= len(instructions) or (at in lengths and not followed):
                continue
            instruction = instructions[at]
            # Where another section begins interrupts are already on again, or were off from the start.
            if self._ends(instruction) or self._begins(instruction):
                lengths[at] = 0
                continue
            if instruction.name.startswith("."):
                continue
            inside.add(instruction.address)
            cost, next_ones = 1, []
            target = instruction.target
            if target in numbers and not is_call(instruction):
                to = numbers[target]
                # A branch around the end is taken where interrupts were off before.
                if not any(map(self._ends, instructions[at + 1 : min(to, at + 4)])):
                    next_ones.append(to)
            elif target is not None:
                cost += self._whole(self.image.function_at(target))
            if not is_return(instruction) and not re.fullmatch(r"b(\.[nw])?|j|jr|tail", instruction.name):
                next_ones.append(at + 1)
            if followed:
                lengths[at] = cost + max((lengths.get(one, 0) for one in next_ones), default=0)
            else:
                lengths[at] = 0  # of a loop
                waiting.append((at, True))
                waiting += [(one, False) for one in next_ones]
        return lengths.get(start, 0)
