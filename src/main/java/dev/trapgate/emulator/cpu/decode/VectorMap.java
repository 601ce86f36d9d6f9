package dev.trapgate.emulator.cpu.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two-byte opcodes of which a prefix is part: MMX, SSE, SSE2 and FXSAVE (SDM vol. 2, A.3; APM vol. 3, A.1.2).
 *
 * <p>A row is the prefix, then as in {@link OpcodeMap}. With a prefix for which there is no row they are #UD.
 */
final class VectorMap {

    private static final String MAP = """
            NP 0F10 MOVUPS Vx Wx
            66 0F10 MOVUPD Vx Wx
            F3 0F10 MOVSS Vd Wd
            F2 0F10 MOVSD Vo Wo
            NP 0F11 MOVUPS Wx Vx
            66 0F11 MOVUPD Wx Vx
            F3 0F11 MOVSS Wd Vd
            F2 0F11 MOVSD Wo Vo
            66 0F12 MOVLPD Vo Mo
            NP 0F12/0m MOVLPS Vo Mo
            NP 0F12/0r MOVHLPS Vx Ux
            NP 0F12/1m MOVLPS Vo Mo
            NP 0F12/1r MOVHLPS Vx Ux
            NP 0F12/2m MOVLPS Vo Mo
            NP 0F12/2r MOVHLPS Vx Ux
            NP 0F12/3m MOVLPS Vo Mo
            NP 0F12/3r MOVHLPS Vx Ux
            NP 0F12/4m MOVLPS Vo Mo
            NP 0F12/4r MOVHLPS Vx Ux
            NP 0F12/5m MOVLPS Vo Mo
            NP 0F12/5r MOVHLPS Vx Ux
            NP 0F12/6m MOVLPS Vo Mo
            NP 0F12/6r MOVHLPS Vx Ux
            NP 0F12/7m MOVLPS Vo Mo
            NP 0F12/7r MOVHLPS Vx Ux
            NP 0F13 MOVLPS Mo Vo
            66 0F13 MOVLPD Mo Vo
            NP 0F14 UNPCKLPS Vx Wx
            66 0F14 UNPCKLPD Vx Wx
            NP 0F15 UNPCKHPS Vx Wx
            66 0F15 UNPCKHPD Vx Wx
            66 0F16 MOVHPD Vo Mo
            NP 0F16/0m MOVHPS Vo Mo
            NP 0F16/0r MOVLHPS Vx Ux
            NP 0F16/1m MOVHPS Vo Mo
            NP 0F16/1r MOVLHPS Vx Ux
            NP 0F16/2m MOVHPS Vo Mo
            NP 0F16/2r MOVLHPS Vx Ux
            NP 0F16/3m MOVHPS Vo Mo
            NP 0F16/3r MOVLHPS Vx Ux
            NP 0F16/4m MOVHPS Vo Mo
            NP 0F16/4r MOVLHPS Vx Ux
            NP 0F16/5m MOVHPS Vo Mo
            NP 0F16/5r MOVLHPS Vx Ux
            NP 0F16/6m MOVHPS Vo Mo
            NP 0F16/6r MOVLHPS Vx Ux
            NP 0F16/7m MOVHPS Vo Mo
            NP 0F16/7r MOVLHPS Vx Ux
            NP 0F17 MOVHPS Mo Vo
            66 0F17 MOVHPD Mo Vo
            NP 0F28 MOVAPS Vx Wx
            66 0F28 MOVAPD Vx Wx
            NP 0F29 MOVAPS Wx Vx
            66 0F29 MOVAPD Wx Vx
            NP 0F2A CVTPI2PS Vx Qo
            66 0F2A CVTPI2PD Vx Qo
            F3 0F2A CVTSI2SS Vd Ey
            F2 0F2A CVTSI2SD Vo Ey
            NP 0F2B MOVNTPS Mx Vx
            66 0F2B MOVNTPD Mx Vx
            NP 0F2C CVTTPS2PI Po Wo
            66 0F2C CVTTPD2PI Po Wx
            F3 0F2C CVTTSS2SI Gy Wd
            F2 0F2C CVTTSD2SI Gy Wo
            NP 0F2D CVTPS2PI Po Wo
            66 0F2D CVTPD2PI Po Wx
            F3 0F2D CVTSS2SI Gy Wd
            F2 0F2D CVTSD2SI Gy Wo
            NP 0F2E UCOMISS Vd Wd
            66 0F2E UCOMISD Vo Wo
            NP 0F2F COMISS Vd Wd
            66 0F2F COMISD Vo Wo
            NP 0F50 MOVMSKPS Gd Ux
            66 0F50 MOVMSKPD Gd Ux
            NP 0F51 SQRTPS Vx Wx
            66 0F51 SQRTPD Vx Wx
            F3 0F51 SQRTSS Vd Wd
            F2 0F51 SQRTSD Vo Wo
            NP 0F52 RSQRTPS Vx Wx
            F3 0F52 RSQRTSS Vd Wd
            NP 0F53 RCPPS Vx Wx
            F3 0F53 RCPSS Vd Wd
            NP 0F54 ANDPS Vx Wx
            66 0F54 ANDPD Vx Wx
            NP 0F55 ANDNPS Vx Wx
            66 0F55 ANDNPD Vx Wx
            NP 0F56 ORPS Vx Wx
            66 0F56 ORPD Vx Wx
            NP 0F57 XORPS Vx Wx
            66 0F57 XORPD Vx Wx
            NP 0F58 ADDPS Vx Wx
            66 0F58 ADDPD Vx Wx
            F3 0F58 ADDSS Vd Wd
            F2 0F58 ADDSD Vo Wo
            NP 0F59 MULPS Vx Wx
            66 0F59 MULPD Vx Wx
            F3 0F59 MULSS Vd Wd
            F2 0F59 MULSD Vo Wo
            NP 0F5A CVTPS2PD Vx Wo
            66 0F5A CVTPD2PS Vx Wx
            F3 0F5A CVTSS2SD Vo Wd
            F2 0F5A CVTSD2SS Vd Wo
            NP 0F5B CVTDQ2PS Vx Wx
            66 0F5B CVTPS2DQ Vx Wx
            F3 0F5B CVTTPS2DQ Vx Wx
            NP 0F5C SUBPS Vx Wx
            66 0F5C SUBPD Vx Wx
            F3 0F5C SUBSS Vd Wd
            F2 0F5C SUBSD Vo Wo
            NP 0F5D MINPS Vx Wx
            66 0F5D MINPD Vx Wx
            F3 0F5D MINSS Vd Wd
            F2 0F5D MINSD Vo Wo
            NP 0F5E DIVPS Vx Wx
            66 0F5E DIVPD Vx Wx
            F3 0F5E DIVSS Vd Wd
            F2 0F5E DIVSD Vo Wo
            NP 0F5F MAXPS Vx Wx
            66 0F5F MAXPD Vx Wx
            F3 0F5F MAXSS Vd Wd
            F2 0F5F MAXSD Vo Wo
            NP 0F60 PUNPCKLBW Po Qd
            66 0F60 PUNPCKLBW Vx Wx
            NP 0F61 PUNPCKLWD Po Qd
            66 0F61 PUNPCKLWD Vx Wx
            NP 0F62 PUNPCKLDQ Po Qd
            66 0F62 PUNPCKLDQ Vx Wx
            NP 0F63 PACKSSWB Po Qo
            66 0F63 PACKSSWB Vx Wx
            NP 0F64 PCMPGTB Po Qo
            66 0F64 PCMPGTB Vx Wx
            NP 0F65 PCMPGTW Po Qo
            66 0F65 PCMPGTW Vx Wx
            NP 0F66 PCMPGTD Po Qo
            66 0F66 PCMPGTD Vx Wx
            NP 0F67 PACKUSWB Po Qo
            66 0F67 PACKUSWB Vx Wx
            NP 0F68 PUNPCKHBW Po Qo
            66 0F68 PUNPCKHBW Vx Wx
            NP 0F69 PUNPCKHWD Po Qo
            66 0F69 PUNPCKHWD Vx Wx
            NP 0F6A PUNPCKHDQ Po Qo
            66 0F6A PUNPCKHDQ Vx Wx
            NP 0F6B PACKSSDW Po Qo
            66 0F6B PACKSSDW Vx Wx
            66 0F6C PUNPCKLQDQ Vx Wx
            66 0F6D PUNPCKHQDQ Vx Wx
            NP 0F6E MOVD Po Ey
            66 0F6E MOVD Vx Ey
            NP 0F6F MOVQ Po Qo
            66 0F6F MOVDQA Vx Wx
            F3 0F6F MOVDQU Vx Wx
            NP 0F70 PSHUFW Po Qo Ib
            66 0F70 PSHUFD Vx Wx Ib
            F3 0F70 PSHUFHW Vx Wx Ib
            F2 0F70 PSHUFLW Vx Wx Ib
            NP 0F71/2r PSRLW No Ib
            66 0F71/2r PSRLW Ux Ib
            NP 0F71/4r PSRAW No Ib
            66 0F71/4r PSRAW Ux Ib
            NP 0F71/6r PSLLW No Ib
            66 0F71/6r PSLLW Ux Ib
            NP 0F72/2r PSRLD No Ib
            66 0F72/2r PSRLD Ux Ib
            NP 0F72/4r PSRAD No Ib
            66 0F72/4r PSRAD Ux Ib
            NP 0F72/6r PSLLD No Ib
            66 0F72/6r PSLLD Ux Ib
            NP 0F73/2r PSRLQ No Ib
            66 0F73/2r PSRLQ Ux Ib
            66 0F73/3r PSRLDQ Ux Ib
            NP 0F73/6r PSLLQ No Ib
            66 0F73/6r PSLLQ Ux Ib
            66 0F73/7r PSLLDQ Ux Ib
            NP 0F74 PCMPEQB Po Qo
            66 0F74 PCMPEQB Vx Wx
            NP 0F75 PCMPEQW Po Qo
            66 0F75 PCMPEQW Vx Wx
            NP 0F76 PCMPEQD Po Qo
            66 0F76 PCMPEQD Vx Wx
            NP 0F77 EMMS
            NP 0F7E MOVD Ey Po
            66 0F7E MOVD Ey Vx
            F3 0F7E MOVQ Vo Wo
            NP 0F7F MOVQ Qo Po
            66 0F7F MOVDQA Wx Vx
            F3 0F7F MOVDQU Wx Vx
            NP 0FAE/0m FXSAVE Ma
            NP 0FAE/1m FXRSTOR Ma
            NP 0FAE/2m LDMXCSR Md
            NP 0FAE/3m STMXCSR Md
            NP 0FAE/5r FENCE
            NP 0FAE/6r FENCE
            NP 0FAE/7m CLFLUSH Mb
            NP 0FAE/7r FENCE
            NP 0FC2 CMPPS Vx Wx Ib
            66 0FC2 CMPPD Vx Wx Ib
            F3 0FC2 CMPSS Vd Wd Ib
            F2 0FC2 CMPSD Vo Wo Ib
            NP 0FC4 PINSRW Po Ew Ib
            66 0FC4 PINSRW Vx Ew Ib
            NP 0FC5 PEXTRW Gd No Ib
            66 0FC5 PEXTRW Gd Ux Ib
            NP 0FC6 SHUFPS Vx Wx Ib
            66 0FC6 SHUFPD Vx Wx Ib
            NP 0FD1 PSRLW Po Qo
            66 0FD1 PSRLW Vx Wx
            NP 0FD2 PSRLD Po Qo
            66 0FD2 PSRLD Vx Wx
            NP 0FD3 PSRLQ Po Qo
            66 0FD3 PSRLQ Vx Wx
            NP 0FD4 PADDQ Po Qo
            66 0FD4 PADDQ Vx Wx
            NP 0FD5 PMULLW Po Qo
            66 0FD5 PMULLW Vx Wx
            66 0FD6 MOVQ Wo Vo
            F3 0FD6 MOVQ2DQ Vx No
            F2 0FD6 MOVDQ2Q Po Ux
            NP 0FD7 PMOVMSKB Gd No
            66 0FD7 PMOVMSKB Gd Ux
            NP 0FD8 PSUBUSB Po Qo
            66 0FD8 PSUBUSB Vx Wx
            NP 0FD9 PSUBUSW Po Qo
            66 0FD9 PSUBUSW Vx Wx
            NP 0FDA PMINUB Po Qo
            66 0FDA PMINUB Vx Wx
            NP 0FDB PAND Po Qo
            66 0FDB PAND Vx Wx
            NP 0FDC PADDUSB Po Qo
            66 0FDC PADDUSB Vx Wx
            NP 0FDD PADDUSW Po Qo
            66 0FDD PADDUSW Vx Wx
            NP 0FDE PMAXUB Po Qo
            66 0FDE PMAXUB Vx Wx
            NP 0FDF PANDN Po Qo
            66 0FDF PANDN Vx Wx
            NP 0FE0 PAVGB Po Qo
            66 0FE0 PAVGB Vx Wx
            NP 0FE1 PSRAW Po Qo
            66 0FE1 PSRAW Vx Wx
            NP 0FE2 PSRAD Po Qo
            66 0FE2 PSRAD Vx Wx
            NP 0FE3 PAVGW Po Qo
            66 0FE3 PAVGW Vx Wx
            NP 0FE4 PMULHUW Po Qo
            66 0FE4 PMULHUW Vx Wx
            NP 0FE5 PMULHW Po Qo
            66 0FE5 PMULHW Vx Wx
            66 0FE6 CVTTPD2DQ Vx Wx
            F3 0FE6 CVTDQ2PD Vx Wo
            F2 0FE6 CVTPD2DQ Vx Wx
            NP 0FE7 MOVNTQ Mo Po
            66 0FE7 MOVNTDQ Mx Vx
            NP 0FE8 PSUBSB Po Qo
            66 0FE8 PSUBSB Vx Wx
            NP 0FE9 PSUBSW Po Qo
            66 0FE9 PSUBSW Vx Wx
            NP 0FEA PMINSW Po Qo
            66 0FEA PMINSW Vx Wx
            NP 0FEB POR Po Qo
            66 0FEB POR Vx Wx
            NP 0FEC PADDSB Po Qo
            66 0FEC PADDSB Vx Wx
            NP 0FED PADDSW Po Qo
            66 0FED PADDSW Vx Wx
            NP 0FEE PMAXSW Po Qo
            66 0FEE PMAXSW Vx Wx
            NP 0FEF PXOR Po Qo
            66 0FEF PXOR Vx Wx
            NP 0FF1 PSLLW Po Qo
            66 0FF1 PSLLW Vx Wx
            NP 0FF2 PSLLD Po Qo
            66 0FF2 PSLLD Vx Wx
            NP 0FF3 PSLLQ Po Qo
            66 0FF3 PSLLQ Vx Wx
            NP 0FF4 PMULUDQ Po Qo
            66 0FF4 PMULUDQ Vx Wx
            NP 0FF5 PMADDWD Po Qo
            66 0FF5 PMADDWD Vx Wx
            NP 0FF6 PSADBW Po Qo
            66 0FF6 PSADBW Vx Wx
            NP 0FF7 MASKMOVQ Po No
            66 0FF7 MASKMOVDQU Vx Ux
            NP 0FF8 PSUBB Po Qo
            66 0FF8 PSUBB Vx Wx
            NP 0FF9 PSUBW Po Qo
            66 0FF9 PSUBW Vx Wx
            NP 0FFA PSUBD Po Qo
            66 0FFA PSUBD Vx Wx
            NP 0FFB PSUBQ Po Qo
            66 0FFB PSUBQ Vx Wx
            NP 0FFC PADDB Po Qo
            66 0FFC PADDB Vx Wx
            NP 0FFD PADDW Po Qo
            66 0FFD PADDW Vx Wx
            NP 0FFE PADDD Po Qo
            66 0FFE PADDD Vx Wx
            """;

    private static final List<String> PREFIXES = List.of("NP ", "66 ", "F3 ", "F2 ");
    private static final OpcodeMap[] BY_PREFIX =
            PREFIXES.stream().map(VectorMap::rowsWith).toArray(OpcodeMap[]::new);
    private static final boolean[] KNOWN = new boolean[512];

    static {
        for (OpcodeMap map : BY_PREFIX) {
            for (int opcode = 0; opcode < KNOWN.length; opcode++) {
                KNOWN[opcode] |= map.rows(opcode) != null;
            }
        }
    }

    private VectorMap() {}

    private static OpcodeMap rowsWith(String prefix) {
        return new OpcodeMap(MAP.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList());
    }

    /** {@return whether an opcode, 256 to 511, is one of these} */
    static boolean has(int opcode) {
        return KNOWN[opcode];
    }

    /** {@return the rows of an opcode with its prefixes, as {@link OpcodeMap#rows}; a repeat prefix counts before 66} */
    static Opcode @Nullable [] rows(int opcode, Repeat repeat, boolean operandPrefix) {
        int prefix =
                switch (repeat) {
                    case WHILE_EQUAL -> 2;
                    case WHILE_NOT_EQUAL -> 3;
                    case ONCE -> operandPrefix ? 1 : 0;
                };
        return BY_PREFIX[prefix].rows(opcode);
    }
}
