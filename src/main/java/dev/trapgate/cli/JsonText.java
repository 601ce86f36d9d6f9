package dev.trapgate.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/** JSON as the commands print it. */
public final class JsonText {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonText() {}

    /**
     * Writes a document.
     *
     * @param document the document
     * @return its text, indented by two spaces, without a final newline
     */
    public static String of(JsonElement document) {
        return GSON.toJson(document);
    }
}
