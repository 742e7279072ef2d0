package io.orchestrator.core.network.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel makes of the lines about services: it refuses an element that is there already, the deletion of one that is not, and
 * that of a chain or a set that something still leads to.
 */
final class ScriptedKernel {
    private static final Pattern ELEMENTS = Pattern.compile("(add|delete) element ip t (\\w+) \\{ (.*) }");
    private static final Pattern CHAIN = Pattern.compile("(add|flush|delete) chain ip t (\\w+)");
    private static final Pattern SET = Pattern.compile("(add|delete) set ip t (\\w+)(?: \\{.*})?");
    private static final Pattern RULE = Pattern.compile("add rule ip t (\\w+) (.*)");
    private static final Pattern TO = Pattern.compile("dnat ip to ([0-9.]+):(\\d+)");

    private final Map<String, Map<String, String>> maps = new TreeMap<>();
    private final Map<String, List<String>> chains = new TreeMap<>();
    private final Set<String> sets = new HashSet<>();

    void take(String script) {
        script.lines().forEach(this::line);
    }

    private void line(String line) {
        Matcher elements = ELEMENTS.matcher(line);
        Matcher chain = CHAIN.matcher(line);
        Matcher set = SET.matcher(line);
        Matcher rule = RULE.matcher(line);
        if (elements.matches()) {
            elements(line, elements);
        } else if (chain.matches()) {
            chain(line, chain.group(1), chain.group(2));
        } else if (set.matches()) {
            if (set.group(1).equals("add")) {
                assertThat(sets.add(set.group(2))).as(line).isTrue();
            } else {
                assertThat(sets.remove(set.group(2))).as(line).isTrue();
                assertNobodyNames("@" + set.group(2), line);
            }
        } else if (rule.matches()) {
            assertThat(chains).as(line).containsKey(rule.group(1));
            chains.get(rule.group(1)).add(rule.group(2));
        }
    }

    private void chain(String line, String verb, String name) {
        switch (verb) {
            case "add" ->
                assertThat(chains.put(name, new ArrayList<>())).as(line).isNull();
            case "flush" -> chains.get(name).clear();
            default -> {
                assertThat(chains.remove(name)).as(line).isNotNull();
                assertNobodyNames("goto " + name, line);
            }
        }
    }

    private void assertNobodyNames(String name, String line) {
        Pattern word = Pattern.compile(Pattern.quote(name) + "\\b");
        chains.values()
                .forEach(rules -> assertThat(rules)
                        .as(line)
                        .noneMatch(rule -> word.matcher(rule).find()));
        maps.values()
                .forEach(map -> assertThat(map.values())
                        .as(line)
                        .noneMatch(value -> word.matcher(value).find()));
    }

    private void elements(String line, Matcher words) {
        Map<String, String> map = maps.computeIfAbsent(words.group(2), each -> new TreeMap<>());
        for (String element : words.group(3).split(", ")) {
            String[] sides = element.split(" : ", 2);
            if (words.group(1).equals("add")) {
                assertThat(map.put(sides[0], sides.length == 1 ? "" : sides[1]))
                        .as(line)
                        .isNull();
            } else {
                assertThat(map.remove(sides[0])).as(line).isNotNull();
            }
        }
    }

    private Map<String, String> map(String name) {
        return maps.getOrDefault(name, Map.of());
    }

    /** Those that lead somewhere; each set that tells of fronts tells of the same. */
    List<Front> fronts() {
        List<Front> fronts = new ArrayList<>();
        for (Front kind : Front.KINDS) {
            Set<String> keys = map(kind.its("services")).keySet();
            assertThat(map(kind.its("fronts")).keySet()).isEqualTo(keys);
            for (String key : keys) {
                String[] words = key.split(" \\. ");
                String address = words.length == 1 ? "" : words[0];
                fronts.add(new Front(kind.protocol(), address, Integer.parseInt(words[words.length - 1])));
            }
        }
        return fronts;
    }

    /** Whether clients that come by the device are led. */
    boolean isNear(Front front, String device) {
        return map(front.its("near")).containsKey("\"" + device + "\" . " + front);
    }

    /** Where connections to the front end. */
    List<Endpoint> leads(Front front) {
        String chain = map(front.its("services")).get(front.toString()).replace("goto ", "");
        if (chain.startsWith("guard_")) {
            chain = taker(chains.get(chain).get(0));
        }
        List<Endpoint> endpoints = new ArrayList<>();
        if (front.isOfDatagrams()) {
            for (int bucket = 0; bucket < Buckets.COUNT; bucket++) {
                assertThat(map(front.its("zones"))).containsKey(front + " . " + bucket);
                endpoints.add(inSlot(front, bucket));
            }
            return endpoints.stream().distinct().toList();
        }
        assertThat(chains).containsKey(chain);
        if (chain.startsWith("stick_")) {
            for (String rule : chains.get(chain)) {
                if (rule.startsWith("ip saddr @")) {
                    endpoints.add(taken(taker(rule)));
                }
            }
            return endpoints;
        }
        int count = Integer.parseInt(chain.replaceFirst(".*spread_", ""));
        for (int slot = 0; slot < count; slot++) {
            endpoints.add(inSlot(front, slot));
        }
        return endpoints;
    }

    private Endpoint inSlot(Front front, int slot) {
        String[] words = map(front.its("endpoints")).get(front + " . " + slot).split(" \\. ");
        return new Endpoint(words[0], Integer.parseInt(words[1]));
    }

    private static String taker(String rule) {
        return rule.replaceFirst(".*goto ", "");
    }

    private Endpoint taken(String chain) {
        Matcher to = TO.matcher(chains.get(chain).get(1));
        assertThat(to.find()).isTrue();
        return new Endpoint(to.group(1), Integer.parseInt(to.group(2)));
    }

    /** How many chains there are for clients that stay. */
    int stickyChains() {
        return chains("stick_");
    }

    /** How many chains there are for some clients alone. */
    int guardChains() {
        return chains("guard_");
    }

    private int chains(String prefix) {
        return (int)
                chains.keySet().stream().filter(name -> name.startsWith(prefix)).count();
    }
}
