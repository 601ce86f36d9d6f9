package dev.trapgate.emulator.hardware.instructions;

import java.util.stream.Stream;

final class FloatForms {

    /** SSE and SSE2 on floating-point numbers. */
    private static final String FLOATS = """
            sqrtps - 0F51 /r s
            addps - 0F58 /r s
            mulps - 0F59 /r s
            subps - 0F5C /r s
            minps - 0F5D /r s
            divps - 0F5E /r s
            maxps - 0F5F /r s
            cmpps - 0FC2 /r s ib
            movups - 0F10 /r s
            movups-store - 0F11 /r s
            sqrtpd 66 0F51 /r d
            addpd 66 0F58 /r d
            mulpd 66 0F59 /r d
            subpd 66 0F5C /r d
            minpd 66 0F5D /r d
            divpd 66 0F5E /r d
            maxpd 66 0F5F /r d
            cmppd 66 0FC2 /r d ib
            movupd 66 0F10 /r d
            movupd-store 66 0F11 /r d
            sqrtss F3 0F51 /r s
            addss F3 0F58 /r s
            mulss F3 0F59 /r s
            subss F3 0F5C /r s
            minss F3 0F5D /r s
            divss F3 0F5E /r s
            maxss F3 0F5F /r s
            cmpss F3 0FC2 /r s ib
            movuss F3 0F10 /r s
            movuss-store F3 0F11 /r s
            sqrtsd F2 0F51 /r d
            addsd F2 0F58 /r d
            mulsd F2 0F59 /r d
            subsd F2 0F5C /r d
            minsd F2 0F5D /r d
            divsd F2 0F5E /r d
            maxsd F2 0F5F /r d
            cmpsd F2 0FC2 /r d ib
            movusd F2 0F10 /r d
            movusd-store F2 0F11 /r d
            movaps - 0F28 /r s
            movaps-store - 0F29 /r s
            unpcklps - 0F14 /r s
            unpckhps - 0F15 /r s
            movntps - 0F2B /rm s
            movmskps - 0F50 /rr s w
            shufps - 0FC6 /r s ib
            andps - 0F54 /r s
            andnps - 0F55 /r s
            orps - 0F56 /r s
            xorps - 0F57 /r s
            movlps - 0F12 /rm s
            movlps-store - 0F13 /rm s
            movhps - 0F16 /rm s
            movhps-store - 0F17 /rm s
            ucomips - 0F2E /r s
            comips - 0F2F /r s
            cvtpi2ps - 0F2A /r i
            cvttps2pi - 0F2C /r s
            cvtps2pi - 0F2D /r s
            movapd 66 0F28 /r d
            movapd-store 66 0F29 /r d
            unpcklpd 66 0F14 /r d
            unpckhpd 66 0F15 /r d
            movntpd 66 0F2B /rm d
            movmskpd 66 0F50 /rr d w
            shufpd 66 0FC6 /r d ib
            andpd 66 0F54 /r d
            andnpd 66 0F55 /r d
            orpd 66 0F56 /r d
            xorpd 66 0F57 /r d
            movlpd 66 0F12 /rm d
            movlpd-store 66 0F13 /rm d
            movhpd 66 0F16 /rm d
            movhpd-store 66 0F17 /rm d
            ucomipd 66 0F2E /r d
            comipd 66 0F2F /r d
            cvtpi2pd 66 0F2A /r i
            cvttpd2pi 66 0F2C /r d
            cvtpd2pi 66 0F2D /r d
            movhlps - 0F12 /rr s
            movlhps - 0F16 /rr s
            cvtsi2ss F3 0F2A /r i w
            cvttss2si F3 0F2C /r s w
            cvtss2si F3 0F2D /r s w
            cvtsi2sd F2 0F2A /r i w
            cvttsd2si F2 0F2C /r d w
            cvtsd2si F2 0F2D /r d w
            cvtps2pd - 0F5A /r s
            cvtpd2ps 66 0F5A /r d
            cvtss2sd F3 0F5A /r s
            cvtsd2ss F2 0F5A /r d
            cvtdq2ps - 0F5B /r i
            cvtps2dq 66 0F5B /r s
            cvttps2dq F3 0F5B /r s
            cvttpd2dq 66 0FE6 /r d
            cvtdq2pd F3 0FE6 /r i
            cvtpd2dq F2 0FE6 /r d
            """;

    /** MMX, SSE and SSE2 on integers, and moves. */
    private static final String INTEGERS = """
            punpcklbw-mmx - 0F60 /r i
            punpcklbw 66 0F60 /r i
            punpcklwd-mmx - 0F61 /r i
            punpcklwd 66 0F61 /r i
            punpckldq-mmx - 0F62 /r i
            punpckldq 66 0F62 /r i
            packsswb-mmx - 0F63 /r i
            packsswb 66 0F63 /r i
            pcmpgtb-mmx - 0F64 /r i
            pcmpgtb 66 0F64 /r i
            pcmpgtw-mmx - 0F65 /r i
            pcmpgtw 66 0F65 /r i
            pcmpgtd-mmx - 0F66 /r i
            pcmpgtd 66 0F66 /r i
            packuswb-mmx - 0F67 /r i
            packuswb 66 0F67 /r i
            punpckhbw-mmx - 0F68 /r i
            punpckhbw 66 0F68 /r i
            punpckhwd-mmx - 0F69 /r i
            punpckhwd 66 0F69 /r i
            punpckhdq-mmx - 0F6A /r i
            punpckhdq 66 0F6A /r i
            packssdw-mmx - 0F6B /r i
            packssdw 66 0F6B /r i
            pcmpeqb-mmx - 0F74 /r i
            pcmpeqb 66 0F74 /r i
            pcmpeqw-mmx - 0F75 /r i
            pcmpeqw 66 0F75 /r i
            pcmpeqd-mmx - 0F76 /r i
            pcmpeqd 66 0F76 /r i
            psrlw-mmx - 0FD1 /r i
            psrlw 66 0FD1 /r i
            psrld-mmx - 0FD2 /r i
            psrld 66 0FD2 /r i
            psrlq-mmx - 0FD3 /r i
            psrlq 66 0FD3 /r i
            paddq-mmx - 0FD4 /r i
            paddq 66 0FD4 /r i
            pmullw-mmx - 0FD5 /r i
            pmullw 66 0FD5 /r i
            psubusb-mmx - 0FD8 /r i
            psubusb 66 0FD8 /r i
            psubusw-mmx - 0FD9 /r i
            psubusw 66 0FD9 /r i
            pminub-mmx - 0FDA /r i
            pminub 66 0FDA /r i
            pand-mmx - 0FDB /r i
            pand 66 0FDB /r i
            paddusb-mmx - 0FDC /r i
            paddusb 66 0FDC /r i
            paddusw-mmx - 0FDD /r i
            paddusw 66 0FDD /r i
            pmaxub-mmx - 0FDE /r i
            pmaxub 66 0FDE /r i
            pandn-mmx - 0FDF /r i
            pandn 66 0FDF /r i
            pavgb-mmx - 0FE0 /r i
            pavgb 66 0FE0 /r i
            psraw-mmx - 0FE1 /r i
            psraw 66 0FE1 /r i
            psrad-mmx - 0FE2 /r i
            psrad 66 0FE2 /r i
            pavgw-mmx - 0FE3 /r i
            pavgw 66 0FE3 /r i
            pmulhuw-mmx - 0FE4 /r i
            pmulhuw 66 0FE4 /r i
            pmulhw-mmx - 0FE5 /r i
            pmulhw 66 0FE5 /r i
            psubsb-mmx - 0FE8 /r i
            psubsb 66 0FE8 /r i
            psubsw-mmx - 0FE9 /r i
            psubsw 66 0FE9 /r i
            pminsw-mmx - 0FEA /r i
            pminsw 66 0FEA /r i
            por-mmx - 0FEB /r i
            por 66 0FEB /r i
            paddsb-mmx - 0FEC /r i
            paddsb 66 0FEC /r i
            paddsw-mmx - 0FED /r i
            paddsw 66 0FED /r i
            pmaxsw-mmx - 0FEE /r i
            pmaxsw 66 0FEE /r i
            pxor-mmx - 0FEF /r i
            pxor 66 0FEF /r i
            psllw-mmx - 0FF1 /r i
            psllw 66 0FF1 /r i
            pslld-mmx - 0FF2 /r i
            pslld 66 0FF2 /r i
            psllq-mmx - 0FF3 /r i
            psllq 66 0FF3 /r i
            pmuludq-mmx - 0FF4 /r i
            pmuludq 66 0FF4 /r i
            pmaddwd-mmx - 0FF5 /r i
            pmaddwd 66 0FF5 /r i
            psadbw-mmx - 0FF6 /r i
            psadbw 66 0FF6 /r i
            psubb-mmx - 0FF8 /r i
            psubb 66 0FF8 /r i
            psubw-mmx - 0FF9 /r i
            psubw 66 0FF9 /r i
            psubd-mmx - 0FFA /r i
            psubd 66 0FFA /r i
            psubq-mmx - 0FFB /r i
            psubq 66 0FFB /r i
            paddb-mmx - 0FFC /r i
            paddb 66 0FFC /r i
            paddw-mmx - 0FFD /r i
            paddw 66 0FFD /r i
            paddd-mmx - 0FFE /r i
            paddd 66 0FFE /r i
            psrlw-mmx - 0F71 /2r i ib
            psrlw 66 0F71 /2r i ib
            psraw-mmx - 0F71 /4r i ib
            psraw 66 0F71 /4r i ib
            psllw-mmx - 0F71 /6r i ib
            psllw 66 0F71 /6r i ib
            psrld-mmx - 0F72 /2r i ib
            psrld 66 0F72 /2r i ib
            psrad-mmx - 0F72 /4r i ib
            psrad 66 0F72 /4r i ib
            pslld-mmx - 0F72 /6r i ib
            pslld 66 0F72 /6r i ib
            psrlq-mmx - 0F73 /2r i ib
            psrlq 66 0F73 /2r i ib
            psllq-mmx - 0F73 /6r i ib
            psllq 66 0F73 /6r i ib
            psrldq 66 0F73 /3r i ib
            pslldq 66 0F73 /7r i ib
            punpcklqdq 66 0F6C /r i
            punpckhqdq 66 0F6D /r i
            movd-mmx - 0F6E /r i w
            movd 66 0F6E /r i w
            movd-mmx-store - 0F7E /r i w
            movd-store 66 0F7E /r i w
            movq-mmx - 0F6F /r i
            movq-mmx-store - 0F7F /r i
            movq F3 0F7E /r i
            movq-store 66 0FD6 /r i
            movdqa 66 0F6F /r i
            movdqa-store 66 0F7F /r i
            movdqu F3 0F6F /r i
            movdqu-store F3 0F7F /r i
            movq2dq F3 0FD6 /rr i
            movdq2q F2 0FD6 /rr i
            pshufw - 0F70 /r i ib
            pshufd 66 0F70 /r i ib
            pshufhw F3 0F70 /r i ib
            pshuflw F2 0F70 /r i ib
            pinsrw-mmx - 0FC4 /r i ib
            pinsrw 66 0FC4 /r i ib
            pextrw-mmx - 0FC5 /rr i ib
            pextrw 66 0FC5 /rr i ib
            pmovmskb-mmx - 0FD7 /rr i
            pmovmskb 66 0FD7 /rr i
            movntq - 0FE7 /rm i
            movntdq 66 0FE7 /rm i
            maskmovq - 0FF7 /rr i
            maskmovdqu 66 0FF7 /rr i
            emms - 0F77 - i
            ldmxcsr - 0FAE /2m i
            stmxcsr - 0FAE /3m i
            """;

    /** The x87. */
    private static final String X87 = """
            fadd-32 - D8 /0m s
            fadd-st - D8 /0r s
            fadd-64 - DC /0m d
            fadd-to - DC /0r d
            faddp - DE /0r d
            fiadd-32 - DA /0m i
            fiadd-16 - DE /0m i
            fmul-32 - D8 /1m s
            fmul-st - D8 /1r s
            fmul-64 - DC /1m d
            fmul-to - DC /1r d
            fmulp - DE /1r d
            fimul-32 - DA /1m i
            fimul-16 - DE /1m i
            fcom-32 - D8 /2m s
            fcom-st - D8 /2r s
            fcom-64 - DC /2m d
            fcom-to - DC /2r d
            fcomp - DE /2r d
            ficom-32 - DA /2m i
            ficom-16 - DE /2m i
            fcomp-32 - D8 /3m s
            fcomp-st - D8 /3r s
            fcomp-64 - DC /3m d
            fcomp-to - DC /3r d
            fcompp - DED9 - d
            ficomp-32 - DA /3m i
            ficomp-16 - DE /3m i
            fsub-32 - D8 /4m s
            fsub-st - D8 /4r s
            fsub-64 - DC /4m d
            fsub-to - DC /4r d
            fsubp - DE /4r d
            fisub-32 - DA /4m i
            fisub-16 - DE /4m i
            fsubr-32 - D8 /5m s
            fsubr-st - D8 /5r s
            fsubr-64 - DC /5m d
            fsubr-to - DC /5r d
            fsubrp - DE /5r d
            fisubr-32 - DA /5m i
            fisubr-16 - DE /5m i
            fdiv-32 - D8 /6m s
            fdiv-st - D8 /6r s
            fdiv-64 - DC /6m d
            fdiv-to - DC /6r d
            fdivp - DE /6r d
            fidiv-32 - DA /6m i
            fidiv-16 - DE /6m i
            fdivr-32 - D8 /7m s
            fdivr-st - D8 /7r s
            fdivr-64 - DC /7m d
            fdivr-to - DC /7r d
            fdivrp - DE /7r d
            fidivr-32 - DA /7m i
            fidivr-16 - DE /7m i
            fld-32 - D9 /0m s
            fst-32 - D9 /2m s
            fstp-32 - D9 /3m s
            fldcw - D9 /5m i
            fnstcw - D9 /7m i
            fld-st - D9 /0r i
            fxch - D9 /1r i
            fnop - D9D0 - i
            fchs - D9E0 - i
            fabs - D9E1 - i
            ftst - D9E4 - i
            fxam - D9E5 - i
            fld1 - D9E8 - i
            fldl2t - D9E9 - i
            fldl2e - D9EA - i
            fldpi - D9EB - i
            fldlg2 - D9EC - i
            fldln2 - D9ED - i
            fldz - D9EE - i
            fxtract - D9F4 - i
            fprem1 - D9F5 - i
            fdecstp - D9F6 - i
            fincstp - D9F7 - i
            fprem - D9F8 - i
            fsqrt - D9FA - i
            frndint - D9FC - i
            fscale - D9FD - i
            fcmovb - DA /0r i
            fcmovnb - DB /0r i
            fcmove - DA /1r i
            fcmovne - DB /1r i
            fcmovbe - DA /2r i
            fcmovnbe - DB /2r i
            fcmovu - DA /3r i
            fcmovnu - DB /3r i
            fucompp - DAE9 - i
            fild-32 - DB /0m i
            fist-32 - DB /2m i
            fistp-32 - DB /3m i
            fld-80 - DB /5m i t
            fstp-80 - DB /7m i
            fnclex - DBE2 - i
            fninit - DBE3 - i
            fucomi - DB /5r i
            fcomi - DB /6r i
            fld-64 - DD /0m d
            fst-64 - DD /2m d
            fstp-64 - DD /3m d
            fnstsw - DD /7m i
            ffree - DD /0r i
            fst-st - DD /2r i
            fstp-st - DD /3r i
            fucom - DD /4r i
            fucomp - DD /5r i
            fild-16 - DF /0m i
            fist-16 - DF /2m i
            fistp-16 - DF /3m i
            fild-64 - DF /5m i
            fbstp - DF /6m i
            fistp-64 - DF /7m i
            fnstsw-ax - DFE0 - i
            fucomip - DF /5r i
            fcomip - DF /6r i
            ffreep - DF /0r i
            fwait - 9B - i
            """;

    private FloatForms() {}

    static Stream<String> rows() {
        return Stream.of(FLOATS, INTEGERS, X87).flatMap(String::lines);
    }
}
