package io.orchestrator.core.network.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InterfaceAddressesTest {
    private final FakeIp ip = new FakeIp();

    /** The {@code ip} command with an interface in memory; some addresses are refused. */
    private static final class FakeIp implements Command {
        final Set<String> addresses = new TreeSet<>(Set.of("127.0.0.1"));
        final Set<String> refused = new TreeSet<>();
        final List<String> batches = new ArrayList<>();
        boolean hangs;

        @Override
        public Result run(List<String> command, String input, Duration deadline) {
            if (command.contains("show")) {
                StringBuilder lines = new StringBuilder();
                addresses.forEach(address ->
                        lines.append("1: lo    inet " + address + "/32 scope global lo\\  valid_lft forever\n"));
                return new Result(0, lines.toString());
            }
            if (hangs) {
                throw new CommandFailure("ip did not end");
            }
            batches.add(input);
            boolean failed = false;
            for (String line : input.lines().toList()) {
                String[] words = line.split(" ");
                String address = words[2].replace("/32", "");
                if (refused.contains(address)) {
                    failed = true;
                } else {
                    failed |= words[1].equals("add") ? !addresses.add(address) : !addresses.remove(address);
                }
            }
            return failed ? new Result(1, "RTNETLINK answers: Operation not permitted") : new Result(0, "");
        }
    }

    private InterfaceAddresses open() {
        return new InterfaceAddresses(address -> address.startsWith("10.96."), ip);
    }

    @Test
    void holdsWhatIsAskedForAndGivesBackTheRest() {
        InterfaceAddresses subject = open();
        assertThat(subject.hold(Set.of("10.96.0.1", "10.96.0.2"))).isEmpty();
        assertThat(ip.addresses).containsExactly("10.96.0.1", "10.96.0.2", "127.0.0.1");
        assertThat(subject.hold(Set.of("10.96.0.2", "10.96.0.3"))).isEmpty();
        assertThat(ip.addresses).containsExactly("10.96.0.2", "10.96.0.3", "127.0.0.1");
        subject.close();
        assertThat(ip.addresses).containsExactly("127.0.0.1");
    }

    @Test
    void whatIsHeldAlreadyCostsNothing() {
        InterfaceAddresses subject = open();
        subject.hold(Set.of("10.96.0.1"));
        int batches = ip.batches.size();
        subject.hold(Set.of("10.96.0.1"));
        assertThat(ip.batches).hasSize(batches);
    }

    @Test
    void addressesOfOtherRangesAreLeftAlone() {
        InterfaceAddresses subject = open();
        assertThat(subject.hold(Set.of("192.0.2.1"))).isEmpty();
        assertThat(ip.batches).isEmpty();
    }

    @Test
    void leftoversOfAKilledProcessAreTakenOffAtTheStart() {
        ip.addresses.add("10.96.7.7");
        open();
        assertThat(ip.addresses).containsExactly("127.0.0.1");
    }

    @Test
    void anAddressThatIsThereAlreadyIsHeldAllTheSame() {
        InterfaceAddresses subject = open();
        ip.addresses.add("10.96.0.1");
        assertThat(subject.hold(Set.of("10.96.0.1"))).isEmpty();
        subject.close();
        assertThat(ip.addresses).containsExactly("127.0.0.1");
    }

    @Test
    void anAddressThatIsRefusedIsReportedAndTriedAgain() {
        InterfaceAddresses subject = open();
        ip.refused.add("10.96.0.1");
        assertThat(subject.hold(Set.of("10.96.0.1", "10.96.0.2")))
                .containsOnlyKeys("10.96.0.1")
                .containsValue("RTNETLINK answers: Operation not permitted");
        assertThat(ip.addresses).contains("10.96.0.2");
        ip.refused.clear();
        assertThat(subject.hold(Set.of("10.96.0.1", "10.96.0.2"))).isEmpty();
        assertThat(ip.addresses).contains("10.96.0.1");
    }

    @Test
    void aCommandThatHangsIsAFailureOfWhatItShouldHaveDone() {
        InterfaceAddresses subject = open();
        ip.hangs = true;
        assertThat(subject.hold(Set.of("10.96.0.1"))).containsOnlyKeys("10.96.0.1");
    }
}
