package io.orchestrator.samples.kubectl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Steps that build on one another, in one namespace. @param number counted from 0 in the script */
record Scene(int number, String name, List<Step> steps) {
    private static final String RESOURCES = "/kubectl/";

    /** All scenes of the script. A line {@code = name} begins one; {@code #} begins a comment. */
    static List<Scene> all() {
        List<Scene> scenes = new ArrayList<>();
        List<String> lines = text("commands.txt").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("= ")) {
                scenes.add(new Scene(scenes.size(), line.substring(2), new ArrayList<>()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                scenes.get(scenes.size() - 1).steps().add(Step.parse(i + 1, line));
            }
        }
        return scenes;
    }

    /** A file beside the script. */
    static String text(String file) {
        try (InputStream resource = Scene.class.getResourceAsStream(RESOURCES + file)) {
            if (resource == null) {
                throw new IllegalArgumentException("there is no " + RESOURCES + file);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
