package dev.trapgate.bench.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A headless Chromium with one page, driven by the DevTools protocol over the JDK's own WebSocket client.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
 */
final class Chromium implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private String session = "";

    private Chromium(Process process, String address, HttpClient client) {
        this.process = process;
        this.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Receiver())
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** {@return where Chromium is on this host; empty if it is not} */
    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param program where it is
     * @param profile an empty directory
     * @return the browser with an empty page, its network, log and console watched
     */
    static Chromium start(Path program, Path profile) throws IOException {
        // Its sandbox does without root only; the page is ours.
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Chromium chromium = new Chromium(process, address(process), HttpClient.newHttpClient());
        chromium.attach();
        return chromium;
    }

    private static String address(Process process) throws IOException {
        BufferedReader complaints = process.errorReader();
        List<String> said = new ArrayList<>();
        for (String line = complaints.readLine(); line != null; line = complaints.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread.ofVirtual().start(() -> complaints.lines().forEach(ignored -> {}));
                return line.substring(LISTENING.length());
            }
            said.add(line);
        }
        throw new IOException("Chromium did not start: " + said);
    }

    private void attach() {
        JsonObject target = new JsonObject();
        target.addProperty("url", "about:blank");
        JsonObject attaching = new JsonObject();
        attaching.add("targetId", send("Target.createTarget", target).get("targetId"));
        attaching.addProperty("flatten", true);
        session = send("Target.attachToTarget", attaching).get("sessionId").getAsString();
        Stream.of("Page.enable", "Network.enable", "Log.enable", "Runtime.enable")
                .forEach(domain -> send(domain, new JsonObject()));
    }

    /** Makes a request, and waits for its answer. */
    JsonObject send(String method, JsonObject parameters) {
        int id = lastId.incrementAndGet();
        JsonObject request = new JsonObject();
        request.addProperty("id", id);
        request.addProperty("method", method);
        request.add("params", parameters);
        if (!session.isEmpty()) {
            request.addProperty("sessionId", session);
        }
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(request.toString(), true).join();
        JsonObject message =
                answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return message.getAsJsonObject("result");
    }

    /** Loads a page, and waits until it and all it asks for is there. */
    void open(URI page) throws InterruptedException {
        events.clear();
        JsonObject parameters = new JsonObject();
        parameters.addProperty("url", page.toString());
        send("Page.navigate", parameters);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (events("Page.loadEventFired").isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the page does not end to load");
            }
            Thread.sleep(20);
        }
    }

    /** {@return what the browser told of a kind since the page was opened} */
    List<JsonObject> events(String method) {
        return events.stream()
                .filter(event -> event.get("method").getAsString().equals(method))
                .map(event -> event.getAsJsonObject("params"))
                .toList();
    }

    /** {@return the addresses that the page asked for, its own first} */
    List<String> requests() {
        return events("Network.requestWillBeSent").stream()
                .map(event -> event.getAsJsonObject("request").get("url").getAsString())
                .toList();
    }

    /** {@return what went wrong in the page: its log, its console's errors, its exceptions} */
    List<String> complaints() {
        return Stream.of(
                        events("Log.entryAdded").stream(),
                        events("Runtime.exceptionThrown").stream(),
                        events("Runtime.consoleAPICalled").stream())
                .flatMap(each -> each)
                .map(JsonObject::toString)
                .toList();
    }

    /** {@return the value of an expression in the page} */
    JsonElement evaluate(String expression) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("expression", expression);
        parameters.addProperty("returnByValue", true);
        JsonObject answer = send("Runtime.evaluate", parameters);
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.get("exceptionDetails").toString());
        }
        return answer.getAsJsonObject("result").get("value");
    }

    /** Gives the window a size, in CSS pixels. */
    void resize(int width, int height, int pixelRatio) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("width", width);
        parameters.addProperty("height", height);
        parameters.addProperty("deviceScaleFactor", pixelRatio);
        parameters.addProperty("mobile", width < 500);
        send("Emulation.setDeviceMetricsOverride", parameters);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        socket.abort();
    }

    /** Puts messages together, and gives answers to whom they belong. */
    private final class Receiver implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
            text.append(part);
            if (isLast) {
                receive(JsonParser.parseString(text.toString()).getAsJsonObject());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void receive(JsonObject message) {
            if (message.has("id")) {
                answers.getOrDefault(message.get("id").getAsInt(), new CompletableFuture<>())
                        .complete(message);
            } else {
                events.add(message);
            }
        }
    }
}
