package dev.trapgate.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. Its pictures are left in {@code target/screenshots}, for people to look at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class CostPageBrowserTest {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int DESKTOP = 1280;
    private static final int PHONE = 375;

    private Path directory;
    private Chromium chromium;
    private URI page;

    @BeforeAll
    void loadThePage(@TempDir Path temporary) throws IOException, InterruptedException {
        directory = temporary;
        Optional<Path> program = Chromium.find();
        assumeThat(program).as("a Chromium on the PATH").isPresent();
        chromium = Chromium.start(program.orElseThrow(), directory.resolve("profile"));
        page = Files.writeString(directory.resolve("report.html"), CostPage.of(SampleDocument.make()))
                .toUri();
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    void endTheBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private void openAt(int width) throws InterruptedException {
        chromium.resize(width, 900, 1);
        chromium.open(page);
    }

    @Test
    void showsEverySeriesOfEveryChart() throws InterruptedException {
        openAt(DESKTOP);
        JsonArray charts = chromium.evaluate("""
                [...document.querySelectorAll('[data-chart]')].map(chart => ({
                  id: chart.id,
                  wanted: JSON.parse(chart.dataset.chart),
                  shown: [...new Set([...chart.querySelectorAll('[data-series]')]
                      .filter(mark => mark.getBoundingClientRect().width > 0)
                      .map(mark => mark.dataset.series))],
                  text: chart.querySelector('svg').textContent}))
                """).getAsJsonArray();

        assertThat(charts).hasSize(1 + 8 * 5);
        assertThat(charts).map(JsonElement::getAsJsonObject).allSatisfy(chart -> {
            String id = chart.get("id").getAsString();
            List<String> wanted = texts(chart.get("wanted"));
            assertThat(wanted).as(id).isNotEmpty();
            assertThat(texts(chart.get("shown"))).as(id).containsExactlyInAnyOrderElementsOf(wanted);
            assertThat(chart.get("text").getAsString()).as(id).contains(wanted);
        });
    }

    @Test
    void asksForNothingButItself() throws InterruptedException {
        openAt(DESKTOP);

        assertThat(chromium.requests()).first().isEqualTo(page.toString());
        assertThat(chromium.requests())
                .allMatch(address -> address.equals(page.toString()) || address.startsWith("data:"));
    }

    @Test
    void wouldNoticeARequestThatLeavesThePage() throws IOException, InterruptedException {
        Path leaving = Files.writeString(directory.resolve("leaving.html"), "<img src='http://127.0.0.1:9/x.png'>");
        chromium.open(leaving.toUri());

        assertThat(chromium.requests()).contains("http://127.0.0.1:9/x.png");
        assertThat(chromium.complaints()).isNotEmpty();
    }

    @Test
    void complainsOfNothing() throws InterruptedException {
        openAt(DESKTOP);

        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void showsTextsAsTheyAre() throws InterruptedException {
        openAt(DESKTOP);

        assertThat(chromium.evaluate("document.querySelectorAll('script').length")
                        .getAsInt())
                .isZero();
        assertThat(chromium.evaluate("document.querySelector('.machine').textContent")
                        .getAsString())
                .contains(SampleDocument.HOSTILE);
        assertThat(chromium.evaluate("document.querySelector('.note').textContent")
                        .getAsString())
                .contains("there is no " + SampleDocument.HOSTILE);
    }

    @Test
    void namesEveryChartAndEveryTableForThoseWhoCannotSeeThem() throws InterruptedException {
        openAt(DESKTOP);

        assertThat(chromium.evaluate("""
                [...document.querySelectorAll('[data-chart] svg')]
                    .every(svg => svg.getAttribute('aria-labelledby').split(' ')
                        .every(id => document.getElementById(id).textContent.length > 10))
                """).getAsBoolean()).isTrue();
        assertThat(chromium.evaluate("[...document.querySelectorAll('table')].every(table => table.caption)")
                        .getAsBoolean())
                .isTrue();
        assertThat(chromium.evaluate("""
                (ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(each => each.id))
                """).getAsInt()).isZero();
    }

    @Test
    void fitsAPhone() throws InterruptedException {
        openAt(PHONE);
        chromium.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");

        assertThat(chromium.evaluate("document.documentElement.scrollWidth").getAsInt())
                .isEqualTo(PHONE);
        assertThat(chromium.evaluate("""
                Math.min(...[...document.querySelectorAll('[data-chart] text')]
                    .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))
                """).getAsDouble())
                .as("the smallest letters of a chart, in pixels")
                .isGreaterThan(7.5);
    }

    @Test
    void picturesADesktop() throws IOException, InterruptedException {
        openAt(DESKTOP);
        picture("desktop.png");
    }

    @Test
    void picturesAPhone() throws IOException, InterruptedException {
        openAt(PHONE);
        picture("phone.png");
    }

    @Test
    void picturesADarkDesktop() throws IOException, InterruptedException {
        emulateScheme("dark");
        openAt(DESKTOP);
        picture("dark.png");
        emulateScheme("light");

        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void printsEveryTable() throws IOException, InterruptedException {
        openAt(DESKTOP);
        JsonObject media = new JsonObject();
        media.addProperty("media", "print");
        chromium.send("Emulation.setEmulatedMedia", media);

        assertThat(chromium.evaluate("""
                [...document.querySelectorAll('details table')].every(table => table.getBoundingClientRect().height > 100)
                """).getAsBoolean()).isTrue();
        byte[] pdf = Base64.getDecoder()
                .decode(chromium.send("Page.printToPDF", new JsonObject())
                        .get("data")
                        .getAsString());
        Files.write(PICTURES.resolve("print.pdf"), pdf);
        emulateScheme("light");
        assertThat(new String(pdf, 0, 5, java.nio.charset.StandardCharsets.ISO_8859_1))
                .isEqualTo("%PDF-");
    }

    private void emulateScheme(String scheme) {
        JsonObject feature = new JsonObject();
        feature.addProperty("name", "prefers-color-scheme");
        feature.addProperty("value", scheme);
        JsonArray features = new JsonArray();
        features.add(feature);
        JsonObject media = new JsonObject();
        media.addProperty("media", "");
        media.add("features", features);
        chromium.send("Emulation.setEmulatedMedia", media);
    }

    private void picture(String name) throws IOException {
        JsonObject all =
                chromium.send("Page.getLayoutMetrics", new JsonObject()).getAsJsonObject("cssContentSize");
        all.addProperty("scale", 1);
        JsonObject parameters = new JsonObject();
        parameters.addProperty("captureBeyondViewport", true);
        parameters.add("clip", all);
        byte[] png = Base64.getDecoder()
                .decode(chromium.send("Page.captureScreenshot", parameters)
                        .get("data")
                        .getAsString());
        Files.write(PICTURES.resolve(name), png);
        assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    }

    private static List<String> texts(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
