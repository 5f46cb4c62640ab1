"""Linked images as binutils show them: sections, symbols and instructions."""

import bisect
import os
import re
import subprocess
from collections import namedtuple
from pathlib import Path

# The place of a section: flash, zeroed or copied to RAM before main, or None: not in the machine.
Section = namedtuple("Section", "name size place")
Symbol = namedtuple("Symbol", "name demangled kind section")
Instruction = namedtuple("Instruction", "address name operands target")  # target: of a jump, or None
Function = namedtuple("Function", "name address instructions")

TOOLS = {"ARM": "arm-none-eabi-", "RISC-V": "riscv64-unknown-elf-"}


RISC_V_REGISTERS = (
    "zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10 s11 t3 t4 t5 t6".split()
)


class Missing(Exception):
    """What is not there, and what brings it."""


def output(*command, **options):
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=True, **options)
    except FileNotFoundError:
        raise Missing(f"there is no {command[0]}: run 'scripts/setup firmware'") from None
    return run.stdout


class Image:
    """An ELF image at `path`, of Rust or C for ARM or RISC-V."""

    def __init__(self, path):
        self.path = Path(path)
        if not self.path.is_file():
            raise Missing(f"there is no {path}: run 'make firmware'")
        machine = re.search(r"Machine:\s*(\S+)", output("readelf", "-hW", path))[1]
        self.tools = TOOLS[machine]
        self.sections = self._sections()
        self.symbols = self._symbols()
        self._functions = None

    def _sections(self):
        found = []
        for line in output("readelf", "-SW", self.path).splitlines():
            part = re.match(r"\s*\[ *\d+\] (\S*) +(\S+) +\w{8} \w{6,} (\w{6,}) \w+ ([A-Z ]*)", line)
            if part:
                name, kind, size, flags = part.groups()
                place = None
                if "A" in flags:
                    place = "zeroed" if kind == "NOBITS" else "copied" if "W" in flags else "flash"
                found.append(Section(name, int(size, 16), place))
        return found

    def _symbols(self):
        """All that stand for code or data, in the symbol table's order."""

        def table(*options):
            lines = output("readelf", "-sW", *options, self.path).splitlines()
            return [line.split(None, 7) for line in lines if re.match(r"\s*\d+:", line)]

        found = []
        for plain, nice in zip(table(), table("-C")):
            if len(plain) < 8 or plain[3] not in ("FUNC", "OBJECT") or not plain[6].isdigit():
                continue
            section = self.sections[int(plain[6])]
            found.append(Symbol(plain[7], nice[7], plain[3], section))
        return found

    def data(self, demangled):
        """The variable of this name, or None."""
        of_name = (s for s in self.symbols if s.kind == "OBJECT" and s.demangled == demangled)
        return next(of_name, None)

    @property
    def functions(self):
        """All functions by their addresses; disassembled when first asked for."""
        if self._functions is None:
            self._functions = {function.address: function for function in self._disassembled()}
            self._starts = sorted(self._functions)
        return self._functions

    def _disassembled(self):
        current = None
        for line in output(self.tools + "objdump", "-d", "-C", "--no-show-raw-insn", self.path).splitlines():
            if head := re.match(r"([0-9a-f]+) <(.*)>:$", line):
                current = Function(head[2], int(head[1], 16), [])
                yield current
            elif current and (part := re.match(r"\s*([0-9a-f]+):\t(\S+)\s*(.*)", line)):
                target = re.search(r"(?:^|[ ,])([0-9a-f]+) <", part[3]) if jumps(part[2]) else None
                name, operands = csr(int(part[3], 16)) if part[2] == ".4byte" else part.groups()[1:]
                current.instructions.append(
                    Instruction(int(part[1], 16), name, operands, target and int(target[1], 16))
                )

    def function_at(self, address):
        """The function that holds this address."""
        functions = self.functions
        at = bisect.bisect(self._starts, address) - 1
        return functions[self._starts[at]] if at >= 0 else None

    def function(self, name):
        return next((function for function in self.functions.values() if function.name == name), None)

    def sources(self, addresses):
        """For each address its source lines, `file:line`, the innermost inlined function first."""
        asked = "\n".join(f"{address:x}" for address in addresses) + "\n"
        found = {}
        for line in output(self.tools + "addr2line", "-i", "-a", "-e", self.path, input=asked).splitlines():
            if re.fullmatch(r"0x[0-9a-f]+", line):
                files = found.setdefault(int(line, 16), [])
            else:
                files.append(os.path.normpath(line.partition(" (")[0]))
        return found


def csr(word):
    """RISC-V's instructions on CSRs, which objdump does not name where the image's attributes leave
    out Zicsr, as those of Rust do."""
    name = {1: "csrrw", 2: "csrrs", 3: "csrrc", 5: "csrrwi", 6: "csrrsi", 7: "csrrci"}.get(word >> 12 & 7)
    if word & 0x7F != 0x73 or not name:
        return ".4byte", f"{word:#x}"
    register = {0x300: "mstatus", 0x304: "mie"}.get(word >> 20, f"{word >> 20:#x}")
    to, source = RISC_V_REGISTERS[word >> 7 & 31], word >> 15 & 31
    if name == "csrrs" and source == 0:
        return "csrr", f"{to},{register}"
    return name, f"{to},{register},{source if name.endswith('i') else RISC_V_REGISTERS[source]}"


def jumps(name):
    """Whether an instruction of this name may go elsewhere than to the next one."""
    arm = r"bl?x?(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)?(\.[nw])?|cbn?z"
    return bool(re.fullmatch(arm + r"|j|jr|jal|jalr|tail|call|b(eq|ne|lt|ge|ltu|geu|le|gt|leu|gtu)z?", name))
