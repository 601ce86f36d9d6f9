package dev.trapgate.differential;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A play on its way to the child that plays it. */
final class PlayFrame {

    private PlayFrame() {}

    static void write(DataOutputStream out, Play play) throws IOException {
        byte[] text = ScenarioText.of(play.scenario()).getBytes(StandardCharsets.UTF_8);
        out.writeUTF(play.scenario().name());
        out.writeInt(play.userId());
        out.writeUTF(play.directory());
        out.writeInt(text.length);
        out.write(text);
        out.flush();
    }

    static Play read(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int userId = in.readInt();
        String directory = in.readUTF();
        byte[] text = new byte[in.readInt()];
        in.readFully(text);
        return new Play(ScenarioParser.parse(name, new String(text, StandardCharsets.UTF_8)), userId, directory);
    }
}
