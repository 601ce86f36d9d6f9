package dev.trapgate.bench.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be told without a browser. */
class CostPageTest {

    private final String page = CostPage.of(SampleDocument.make());

    @Test
    void escapesWhatTheReportSays() {
        assertThat(page)
                .doesNotContain("<script")
                .contains("The load was high &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;&quot;");
    }

    @Test
    void namesNoOtherFile() {
        assertThat(Pattern.compile("(src|href)=[\"']?+(?!#|data:)")
                        .matcher(page)
                        .find())
                .isFalse();
        assertThat(page).doesNotContain("@import", "url(http");
    }

    @Test
    void putsWarningsBeforeTheFigures() {
        assertThat(page.indexOf("The load was high")).isPositive().isLessThan(page.indexOf("130 ns"));
    }

    @Test
    void isTheSameWheneverItIsMade() {
        assertThat(CostPage.of(SampleDocument.make())).isEqualTo(page);
    }
}
