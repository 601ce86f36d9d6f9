package dev.trapgate.emulator.cpu;

/** A condition that an instruction of the entry or exit demands, in the words of the manuals' pseudo-code. */
public enum Check {
    /** The vector's gate lies within the IDT's limit, else #GP. */
    IDT_LIMIT("gate lies within the IDT limit"),
    /** The gate is an interrupt, trap or task gate of a kind that the mode allows, else #GP. */
    GATE_TYPE("gate is an interrupt or trap gate"),
    /** A software interrupt may use the gate: DPL is not below CPL, else #GP. */
    GATE_DPL("gate DPL is not below CPL"),
    /** The gate is present, else #NP. */
    GATE_PRESENT("gate is present"),
    /** The code selector is not null, else #GP. */
    CODE_NOT_NULL("code selector is not null"),
    /** The code selector lies within its table's limit, else #GP. */
    CODE_LIMIT("code selector lies within the table"),
    /** The descriptor is a code segment, else #GP. */
    CODE_TYPE("segment is code"),
    /** The code segment is not less privileged than asked, else #GP. */
    CODE_DPL("code segment DPL fits the privilege level"),
    /** The code segment is present, else #NP. */
    CODE_PRESENT("code segment is present"),
    /** The code segment's width is one that the mode allows, else #GP. */
    CODE_WIDTH("code segment is of a width the mode allows"),
    /** The task's selector lies within the global table, else #GP or, on return, #TS. */
    TASK_LIMIT("task selector lies within the global table"),
    /** The descriptor is a task that is available or, on return, busy; else #GP or #TS. */
    TASK_TYPE("segment is a task that can be switched to"),
    /** The task is present, else #NP. */
    TASK_PRESENT("task is present"),
    /** The new task's segments are such as it may have, else #TS. */
    TASK_SEGMENTS("task's segments fit it"),
    /** The stack pointer's place lies within the TSS, else #TS. */
    TSS_LIMIT("stack pointer lies within the TSS limit"),
    /** The stack selector is not null, else #TS or #GP. */
    STACK_NOT_NULL("stack selector is not null"),
    /** The stack selector lies within its table's limit, else #TS or #GP. */
    STACK_LIMIT("stack selector lies within the table"),
    /** The stack selector's privilege level is the new one, else #TS or #GP. */
    STACK_RPL("stack selector RPL is the new privilege level"),
    /** The stack segment's privilege level is the new one, else #TS or #GP. */
    STACK_DPL("stack segment DPL is the new privilege level"),
    /** The stack segment is writable data, else #TS or #GP. */
    STACK_TYPE("stack segment is writable data"),
    /** The stack segment is present, else #SS. */
    STACK_PRESENT("stack segment is present"),
    /** The frame lies within the stack segment, or its address is canonical, else #SS. */
    STACK_ROOM("frame lies within the stack segment"),
    /** The new instruction pointer lies within the code segment, or is canonical, else #GP. */
    TARGET("instruction pointer lies within the code segment"),
    /** The processor knows the instruction in this mode, else #UD. */
    OPCODE("instruction exists in this mode"),
    /** EFER.SCE is set, else #UD. */
    SYSCALL_ENABLED("EFER.SCE is set"),
    /** IA32_SYSENTER_CS is not null, else #GP. */
    SYSENTER_CS("IA32_SYSENTER_CS is not null"),
    /** CPL is 0, else #GP. */
    CPL_0("CPL is 0"),
    /** IRET outside a nested task: NT is clear, else #GP in long mode. */
    NOT_NESTED("NT is clear"),
    /** BOUND's index lies within its bounds, else #BR. */
    BOUNDS("index lies within the bounds"),
    /** The data segment may be used from this privilege level, else #GP. */
    DATA_PRIVILEGE("data segment DPL is not below CPL and RPL"),
    /** The descriptor is readable, else #GP. */
    DATA_TYPE("segment is readable"),
    /** The data selector lies within its table's limit, else #GP. */
    DATA_LIMIT("data selector lies within the table"),
    /** The data segment is present, else #NP. */
    DATA_PRESENT("data segment is present");

    private final String demand;

    Check(String demand) {
        this.demand = demand;
    }

    /** {@return what must be true, as a clause} */
    public String demand() {
        return demand;
    }
}
