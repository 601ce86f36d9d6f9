package dev.trapgate.bench.page;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Whether this JVM can tell how wide a text is, which drawing charts takes. Java asks fontconfig for that, and a server may have
 * neither that nor a font.
 *
 * @param refusal why there are no charts, as a sentence; empty if there are
 */
record ChartFonts(Optional<String> refusal) {

    static ChartFonts check() {
        System.setProperty("java.awt.headless", "true");
        try {
            boolean isFit = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
                            .createGraphics()
                            .getFontMetrics(Ink.LABELS)
                            .stringWidth("syscall")
                    > 0;
            return isFit ? new ChartFonts(Optional.empty()) : without("its fonts are empty");
        } catch (RuntimeException | LinkageError | InternalError broken) {
            return without(String.valueOf(broken.getMessage()));
        }
    }

    private static ChartFonts without(String reason) {
        return new ChartFonts(
                Optional.of("There are no charts here, for Java found no font to draw them with (" + reason
                        + "). Install fontconfig and a font (Debian: apt-get install fontconfig fonts-dejavu-core), then make the page"
                        + " again from the JSON: trapgate cost --from FILE.json --html FILE.html."));
    }
}
