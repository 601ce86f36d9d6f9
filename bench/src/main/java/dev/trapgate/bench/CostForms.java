package dev.trapgate.bench;

import dev.trapgate.bench.page.CostPage;
import dev.trapgate.cli.CostDocument;
import dev.trapgate.cli.CostMeasurement;
import dev.trapgate.cli.Screen;
import java.util.List;

/**
 * The forms of a report, measured just now or read from a file.
 *
 * @param document the report
 */
record CostForms(CostDocument document) implements CostMeasurement.Forms {

    @Override
    public List<String> lines(Screen screen) {
        return new CostTable(document, screen).lines();
    }

    @Override
    public String csv() {
        return CostCsv.of(document);
    }

    @Override
    public String html() {
        return CostPage.of(document);
    }
}
