package dev.trapgate.emulator.cpu.decode;

/**
 * The opcodes of the x87: rows of the {@link OpcodeMap}, in which F stands for a register of its stack: {@code F0} the top,
 * {@code F1} the one below, {@code Fi} by ModRM's r/m field (SDM vol. 2, A.5; APM vol. 3, A.1.4). Among them are the
 * encodings that the manuals leave out and all processors have.
 */
final class X87Map {

    static final String MAP = """
            9B FWAIT
            D8/0m FADD F0 Md
            D8/0r FADD F0 Fi
            D8/1m FMUL F0 Md
            D8/1r FMUL F0 Fi
            D8/2m FCOM F0 Md
            D8/2r FCOM F0 Fi
            D8/3m FCOMP F0 Md
            D8/3r FCOMP F0 Fi
            D8/4m FSUB F0 Md
            D8/4r FSUB F0 Fi
            D8/5m FSUBR F0 Md
            D8/5r FSUBR F0 Fi
            D8/6m FDIV F0 Md
            D8/6r FDIV F0 Fi
            D8/7m FDIVR F0 Md
            D8/7r FDIVR F0 Fi
            D9/0m FLD Md
            D9/0r FLD Fi
            D9/1r FXCH Fi
            D9/2m FST Md
            D9/3m FSTP Md
            D9/3r FSTP Fi
            D9/4m FLDENV Ma
            D9/5m FLDCW Mw
            D9/6m FNSTENV Ma
            D9/7m FNSTCW Mw
            D9=D0 FNOP
            D9=E0 FCHS
            D9=E1 FABS
            D9=E4 FTST
            D9=E5 FXAM
            D9=E8 FLD1
            D9=E9 FLDL2T
            D9=EA FLDL2E
            D9=EB FLDPI
            D9=EC FLDLG2
            D9=ED FLDLN2
            D9=EE FLDZ
            D9=F0 F2XM1
            D9=F1 FYL2X
            D9=F2 FPTAN
            D9=F3 FPATAN
            D9=F4 FXTRACT
            D9=F5 FPREM1
            D9=F6 FDECSTP
            D9=F7 FINCSTP
            D9=F8 FPREM
            D9=F9 FYL2XP1
            D9=FA FSQRT
            D9=FB FSINCOS
            D9=FC FRNDINT
            D9=FD FSCALE
            D9=FE FSIN
            D9=FF FCOS
            DA/0m FIADD F0 Md
            DA/0r FCMOVB F0 Fi
            DA/1m FIMUL F0 Md
            DA/1r FCMOVE F0 Fi
            DA/2m FICOM F0 Md
            DA/2r FCMOVBE F0 Fi
            DA/3m FICOMP F0 Md
            DA/3r FCMOVU F0 Fi
            DA/4m FISUB F0 Md
            DA/5m FISUBR F0 Md
            DA/6m FIDIV F0 Md
            DA/7m FIDIVR F0 Md
            DA=E9 FUCOMPP F0 F1
            DB/0m FILD Md
            DB/0r FCMOVNB F0 Fi
            DB/1r FCMOVNE F0 Fi
            DB/2m FIST Md
            DB/2r FCMOVNBE F0 Fi
            DB/3m FISTP Md
            DB/3r FCMOVNU F0 Fi
            DB/5m FLD Mt
            DB/5r FUCOMI F0 Fi
            DB/6r FCOMI F0 Fi
            DB/7m FSTP Mt
            DB=E0 FNOP
            DB=E1 FNOP
            DB=E2 FNCLEX
            DB=E3 FNINIT
            DB=E4 FNOP
            DC/0m FADD F0 Mo
            DC/0r FADD Fi F0
            DC/1m FMUL F0 Mo
            DC/1r FMUL Fi F0
            DC/2m FCOM F0 Mo
            DC/2r FCOM F0 Fi
            DC/3m FCOMP F0 Mo
            DC/3r FCOMP F0 Fi
            DC/4m FSUB F0 Mo
            DC/4r FSUBR Fi F0
            DC/5m FSUBR F0 Mo
            DC/5r FSUB Fi F0
            DC/6m FDIV F0 Mo
            DC/6r FDIVR Fi F0
            DC/7m FDIVR F0 Mo
            DC/7r FDIV Fi F0
            DD/0m FLD Mo
            DD/0r FFREE Fi
            DD/1r FXCH Fi
            DD/2m FST Mo
            DD/2r FST Fi
            DD/3m FSTP Mo
            DD/3r FSTP Fi
            DD/4m FRSTOR Ma
            DD/4r FUCOM F0 Fi
            DD/5r FUCOMP F0 Fi
            DD/6m FNSAVE Ma
            DD/7m FNSTSW Mw
            DE/0m FIADD F0 Mw
            DE/0r FADDP Fi F0
            DE/1m FIMUL F0 Mw
            DE/1r FMULP Fi F0
            DE/2m FICOM F0 Mw
            DE/2r FCOMP F0 Fi
            DE/3m FICOMP F0 Mw
            DE/4m FISUB F0 Mw
            DE/4r FSUBRP Fi F0
            DE/5m FISUBR F0 Mw
            DE/5r FSUBP Fi F0
            DE/6m FIDIV F0 Mw
            DE/6r FDIVRP Fi F0
            DE/7m FIDIVR F0 Mw
            DE/7r FDIVP Fi F0
            DE=D9 FCOMPP F0 F1
            DF/0m FILD Mw
            DF/0r FFREEP Fi
            DF/1r FXCH Fi
            DF/2m FIST Mw
            DF/2r FSTP Fi
            DF/3m FISTP Mw
            DF/3r FSTP Fi
            DF/4m FBLD Mt
            DF/5m FILD Mo
            DF/5r FUCOMIP F0 Fi
            DF/6m FBSTP Mt
            DF/6r FCOMIP F0 Fi
            DF/7m FISTP Mo
            DF=E0 FNSTSW AX
            """;

    private X87Map() {}
}
