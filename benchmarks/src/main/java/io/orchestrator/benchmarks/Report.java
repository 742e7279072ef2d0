package io.orchestrator.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a scenario found: rows for people, figures and ratios for machines. Not for concurrent use.
 *
 * <p>A ratio is ours divided by the peer's, of something that is better when larger: above 1 we win.
 */
public final class Report {
    private final String scenario;
    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, Object> ratios = new LinkedHashMap<>();

    public Report(String scenario, String... columns) {
        this.scenario = scenario;
        rows.add(List.of(columns));
    }

    public Report row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double number ? format(number) : String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    public Report figure(String name, double value) {
        figures.put(name, rounded(value));
        return this;
    }

    public Report ratio(String name, double ours, double theirs) {
        ratios.put(name, rounded(ours / theirs));
        return this;
    }

    /** Ours and the peer's rate of the same thing: a row, two figures and a ratio. */
    public Report compare(String what, double ours, String peer, double theirs) {
        row(what, ours, peer, theirs, ours / theirs);
        figure(what, ours);
        figure(what + " (" + peer + ")", theirs);
        return ratio(what, ours, theirs);
    }

    void print(PrintStream out) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                boolean number =
                        !row.get(i).isEmpty() && Character.isDigit(row.get(i).charAt(0));
                line.append(number ? pad + row.get(i) : row.get(i) + pad).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
        out.println(json());
    }

    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scenario", scenario);
        all.put("java", Runtime.version().toString());
        all.put("processors", Runtime.getRuntime().availableProcessors());
        all.put("figures", figures);
        all.put("ratios", ratios);
        try {
            return new ObjectMapper().writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("figures that are no JSON", e);
        }
    }

    private static double rounded(double value) {
        return value >= 100 ? Math.rint(value) : Math.rint(value * 1_000) / 1_000;
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3f", value);
    }
}
