"""Where functions disable interrupts, for how many instructions, and what they call."""

import bisect
import re
from collections import namedtuple

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


def goes_on(instruction):
    """Whether the next instruction may follow: all but returns and jumps without a condition."""
    if re.match(r"(bx|pop|ldm\w*|ldr)(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)\b", instruction.name):
        return True
    return not is_return(instruction) and not re.fullmatch(r"b(\.[nw])?|j|jr|tail", instruction.name)


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


def elsewhere(image, function):
    """The instructions that leave the function for another one, or for what a register points to."""
    return [
        text(instruction) for instruction in function.instructions
        if leaves_blindly(instruction)
        or instruction.target is not None and image.function_at(instruction.target) is not function
    ]


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


class Section(namedtuple("Section", "old was_on", defaults=(frozenset(), frozenset()))):
    """A critical section that the program is in: the registers that hold the mask of before, in RISC-V all
    of mstatus, and those that hold nothing but whether interrupts were on.

    RISC-V alone tests them: `csrrci r, mstatus, 8; and r, r, 8; …; beqz r, behind; li s, 8; csrs mstatus, s`.
    A Cortex-M writes the old mask back, whatever it was.
    """

    @classmethod
    def begun_by(cls, instruction):
        old = instruction.operands.split(",")[:1] if instruction.name.startswith("csrr") else []
        return cls(frozenset(old))

    def behind(self, instruction):
        """The same section when the instruction is done."""
        if is_call(instruction):  # which keeps s0 to s11
            return Section(*(frozenset(held for held in registers if re.match(r"s\d", held)) for registers in self))
        if re.match(r"(c\.)?s[bhw]$|b", instruction.name):  # writes no register
            return self
        target, *sources = instruction.operands.split(",")
        was_on = self.was_on - {target}
        if instruction.name in ("and", "andi") and sources[1:] == ["8"] and sources[0] in self.old | self.was_on:
            was_on |= {target}
        return Section(self.old - {target}, was_on)


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
                    found.append(self._longest(function, at + 1, (Section.begun_by(instruction),), inside))
                elif leaves_blindly(instruction):
                    raise Unknown(f"{function.name} has '{text(instruction)}'")
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
            self._functions[function.address] = self._longest(function, 0, (), set())
        return self._functions[function.address]

    def _longest(self, function, start, sections, inside):
        """The longest way from the instruction number `start`: to the end of the outermost of `sections`,
        or, where the function begins outside of any, to a return. `inside` gets the addresses on all ways."""
        first = start, sections
        lengths = {}
        # Depth first: an instruction is done when those that follow it are.
        waiting = [(first, None)]
        while waiting:
            state, step = waiting.pop()
            if step:
                cost, nexts = step
                lengths[state] = cost + max((lengths[one] for one in nexts), default=0)
            elif state not in lengths:
                lengths[state] = 0  # of a loop
                cost, nexts = self._step(function, *state, bool(sections), inside)
                waiting.append((state, (cost, nexts)))
                waiting += [(one, None) for one in nexts]
        return lengths[first]

    def _step(self, function, at, sections, to_the_end, inside):
        """What the instruction costs, and where the program may be afterwards."""
        instruction = function.instructions[at] if at < len(function.instructions) else None
        if instruction is None or instruction.name.startswith("."):
            raise Unknown(f"{function.name} goes on behind its end")
        if leaves_blindly(instruction):
            raise Unknown(f"{function.name} has '{text(instruction)}'")
        leaves = self._leaves(function, instruction)
        cost = 1
        if self._ends(instruction):
            if not sections:
                raise Unknown(f"{function.name} ends what it did not begin, by '{text(instruction)}'")
            sections = sections[:-1]
            if to_the_end and not sections:
                return 0, []
        elif self._begins(instruction):
            sections = (*sections, Section.begun_by(instruction))
            if len(sections) > 4:
                raise Unknown(f"{function.name} begins sections, and seems not to end them")
        else:
            if instruction.target is not None and (is_call(instruction) or leaves):
                cost += self._whole(self.image.function_at(instruction.target))
            if sections:
                sections = (*sections[:-1], sections[-1].behind(instruction))
        if sections and (is_return(instruction) or leaves):
            raise Unknown(f"{function.name} returns inside of a critical section, by '{text(instruction)}'")
        inside.add(instruction.address)
        branch = self._restores(function, at, sections)
        if branch:
            # Interrupts are on behind the outermost section, and off behind those inside of it.
            on, off = branch
            return cost, [(on, sections)] if to_the_end and len(sections) == 1 else [(off, sections[:-1])]
        nexts = [self._number(function, instruction.target)] if self._stays(function, instruction) else []
        nexts += [at + 1] if goes_on(instruction) else []
        return cost, [(one, sections) for one in nexts]

    def _stays(self, function, instruction):
        """A jump inside of the function."""
        return instruction.target is not None and not is_call(instruction) \
            and self._number(function, instruction.target) is not None

    def _leaves(self, function, instruction):
        """A jump to another function, which returns for this one."""
        return instruction.target is not None and not is_call(instruction) and not self._stays(function, instruction)

    def _number(self, function, address):
        at = bisect.bisect_left(function.instructions, address, key=lambda instruction: instruction.address)
        found = at < len(function.instructions) and function.instructions[at].address == address
        return at if found else None

    def _restores(self, function, at, sections):
        """Where a branch goes if interrupts were on before the section, which is to its end, and if they
        were off; None where it is no such branch."""
        instruction = function.instructions[at]
        tested, _, _ = instruction.operands.partition(",")
        if instruction.name not in ("beqz", "bnez") or not sections or tested not in sections[-1].was_on:
            return None
        ways = at + 1, self._number(function, instruction.target)
        on, off = ways if instruction.name == "beqz" else ways[::-1]
        end = function.instructions[on : on + 2]
        if end[0].name == "li":
            end = end[1:]
        return (on, off) if end and self._ends(end[0]) else None
