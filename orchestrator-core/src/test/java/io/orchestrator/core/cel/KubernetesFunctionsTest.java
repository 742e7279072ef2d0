package io.orchestrator.core.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that Kubernetes adds to CEL give what they give there, and say what is wrong in its words. */
class KubernetesFunctionsTest {
    private static final ExpressionCompiler COMPILER = ExpressionCompiler.over(Map.of("self", ValueType.ANY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'%s is %d'.format(['a', 2]) == 'a is 2'",
                "'100%%'.format([]) == '100%'",
                "'%s %s %s'.format([true, null, b'xy']) == 'true null xy'",
                "'%s %s %s'.format([1.5, 1000000.0, 0.00001]) == '1.5 1e+06 1e-05'",
                "'%s'.format([['a\"b', 1, 2u, 1.5, null]]) == '[\"a\\\\\"b\", 1, 2, 1.500000, null]'",
                "'%s'.format([{'b': 1, 'a': [true]}]) == '{\"a\":[true], \"b\":1}'",
                "'%s'.format([timestamp('2023-02-03T23:31:20+00:00')]) == '2023-02-03T23:31:20Z'",
                "'%s'.format([duration('1h45m47s')]) == '6347s'",
                "'%s'.format([[duration('1500ms')]]) == '[duration(\"1.5s\")]'",
                "'%f %.2f %.0f'.format([2.71828, 1234567.125, 2.5]) == '2.718280 1,234,567.12 2'",
                "'%.3f'.format([-0.5]) == '-0.500'",
                "'%f'.format(['Infinity']) == '\u221e'",
                "'%e'.format([1052.032911275]) == '1.052033\u202f\u00d7\u202f10\u2070\u00b3'",
                "'%b %b %o'.format([5, true, 30]) == '101 1 36'",
                "'%x %X %x %X'.format([26, 26, 'Hello', b'z~']) == '1a 1A 48656c6c6f 7A7E'",
                "'%d %x'.format([-7, -255]) == '-7 -ff'",
                "'%s %s'.format([type(1), type('a')]) == 'int string'",
                "'%s'.format([{}]) == '{}' && '%s'.format([dyn([])]) == '[]'",
                "self.format(['x']) == 'is x'",
                "[1, 2, 3, 2].indexOf(2) == 1 && [1, 2, 3, 2].lastIndexOf(2) == 3",
                "['a'].indexOf('b') == -1 && [].lastIndexOf(1) == -1",
                "[[1], [2]].indexOf([2]) == 1",
                "[duration('1m'), duration('30s')].sum() == duration('90s') && [1u, 2u].sum() == 3u && [1.5, 1.0].sum() == 2.5",
                "'abcb'.indexOf('b') == 1 && 'abcb'.lastIndexOf('b') == 3",
                "self.indexOf('%') == 3",
            })
    void textsAreFormattedAndItemsFound(String expression) {
        assertThat(value(expression, "is %s")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.0 | 1",
                "-0.5 | -0.5",
                "100000.0 | 100000",
                "1000000.0 | 1e+06",
                "0.00001 | 1e-05",
                "123456.7 | 123456.7",
                "1234567.8 | 1.2345678e+06",
                "1.0 / 0.0 | +Inf",
                "duration('1h') | 3600s",
                "duration('1h30m0.5s') | 5400.5s",
                "duration('-1ms') | -0.001s",
                "duration('0s') | 0s",
                "duration('100000000s123456789ns') | 100000000.12345679s",
                "timestamp('2023-02-03T23:31:20.100Z') | 2023-02-03T23:31:20.1Z",
                "timestamp('2023-02-03T23:31:20+01:00') | 2023-02-03T22:31:20Z",
                "7 | 7",
                "18446744073709551615u | 18446744073709551615",
                "true | true",
                "b'abc' | abc",
                "'abc' | abc",
            })
    void valuesBecomeTextsAsInKubernetes(String value, String text) {
        assertThat(value("string(" + value + ")", "")).isEqualTo(text);
        assertThat(value("string(dyn(" + value + "))", "")).isEqualTo(text);
        assertThat(value("'%s'.format([" + value + "])", "")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numbers.sum() > 'a'       | _>_",
                "numbers.max() == 'a'      | _==_",
                "numbers.min() + 1.5       | _+_",
                "names.sum() == 1          | sum",
                "names.max() + 1           | _+_",
                "[{'a': 1}].isSorted()     | isSorted",
                "[[1]].min() == [1]        | min",
            })
    void whatListsHoldIsKnownWhenAnExpressionIsLookedAt(String expression, String function) {
        assertThatThrownBy(() -> lists().check(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("found no matching overload for '" + function + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numbers.sum()                                | int",
                "optional.max()                               | int",
                "names.max()                                  | string",
                "names.isSorted() && [b'a', b'b'].isSorted()  | bool",
                "[1.5, 2.5].sum()                             | double",
                "[duration('1s')].sum()                       | google.protobuf.Duration",
                "[timestamp('2023-02-03T23:31:20Z')].max()    | google.protobuf.Timestamp",
                "anything.sum()                               | dyn",
                "[].sum()                                     | int",
                "[1, 'a'].max()                               | dyn",
            })
    void listsGiveWhatTheyHold(String expression, String type) {
        assertThat(lists().check(expression).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[duration('1s')].filter(each, false).sum() == duration('0s')",
                "['1s'].filter(each, false).map(each, duration(each)).sum() <= duration('1h')",
                "['1s', '2s'].map(each, duration(each)).sum() == duration('3s')",
                "type([1u].filter(each, false).sum()) == uint && [1u, 2u].sum() == 3u",
                "[1.5].filter(each, false).sum() / 2.0 == 0.0 && [1.5].sum() == 1.5",
                "[1].filter(each, false).sum() + 1 == 1",
                "[].sum() == 0",
                "[['1m'], []].all(list, list.map(each, duration(each)).sum() < duration('1h'))",
            })
    void theSumOfNothingIsOfTheKindThatTheListWouldHold(String expression) {
        assertThat(value(expression, "")).isEqualTo(true);
    }

    @Test
    void bytesHaveAnOrder() {
        assertThat(value("[b'\\x80', b'a'].max() == b'\\x80' && ![b'b', b'a'].isSorted()", ""))
                .isEqualTo(true);
    }

    private static ExpressionChecker lists() {
        ValueShape number = ValueShape.simple(ValueType.WHOLE, 0, 8);
        return ExpressionChecker.over(Map.of(
                "numbers", ValueShape.list(number, 10),
                "names", ValueShape.list(ValueShape.simple(ValueType.TEXT, 0, 10), 10),
                "optional", ValueShape.list(number.orNull(), 10),
                "anything", ValueShape.simple(ValueType.ANY, 0, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'%d'.format(['a']) | error during formatting: decimal clause can only be used on integers, was given string",
                "'%s %s'.format(['a']) | index 1 out of range",
                "'%s'.format(['a', 'b']) | too many arguments supplied to string.format (expected 1, got 2)",
                "'%a'.format([1]) | could not parse formatting clause: unrecognized formatting clause \"a\"",
                "'%'.format([1]) | unexpected end of string",
                "'%.2'.format([1.0]) | could not find end of precision specifier",
                "'%f'.format([1]) | fixed-point clause can only be used on doubles, was given int",
                "'%s'.format([[url('/a')]]) | string clause can only be used on",
            })
    void formatThatCannotBeFilledIsRefusedWhenItIsWritten(String expression, String reason) {
        assertThatThrownBy(() -> COMPILER.value(expression))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'%d'.format([self]) | error during formatting: decimal clause can only be used on integers, was given string",
                "self.format([1]) | unrecognized formatting clause \"n\"",
                "url('../relative') | URL parse error during conversion from string: parse \"../relative\": invalid URI for request",
                "url('https://a:b:c/') | invalid port \":c\" after host",
                "url('/%zz') | invalid URL escape \"%zz\"",
                "url('') | empty url",
                "quantity('9999999999999999999999999999999999999G').asInteger() | cannot convert value to integer",
                "ip('127.0.0.256') | IP Address \"127.0.0.256\" parse error during conversion from string",
                "ip('::ffff:1.2.3.4') | IPv4-mapped IPv6 address \"::ffff:1.2.3.4\" is not allowed",
                "ip('fe80::1%eth0') | IP address \"fe80::1%eth0\" with zone value is not allowed",
                "cidr('192.168.0.0/33') | prefix length out of range",
                "cidr('10.0.0.0/8').containsIP('x') | unable to parse IP",
                "[].min() | min called on empty list",
                "[18446744073709551615u, 1u].sum() | unsigned integer overflow",
                "[9223372036854775807, 1].sum() | integer overflow",
            })
    void failureSaysWhy(String expression, String reason) {
        assertThatThrownBy(() -> value(expression, "%n"))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a': 1}[self] | no such key: %n",
                "[1][5] | index out of bounds: 5",
                "1 / 0 | division by zero",
                "9223372036854775807 + 1 | integer overflow",
                "uint(-1) | unsigned integer overflow",
                "int(self) | type conversion error from 'string' to 'int'",
                "double(self) > 1.0 | type conversion error from 'string' to 'double'",
                "dyn(self) + 1 | no such overload",
                "dyn(self).x | no such overload",
                "optional.none().value() | optional.none() dereference",
                "self.find('[') | error parsing regexp: missing closing ]: `[`",
            })
    void failureIsWordedAsInKubernetes(String expression, String reason) {
        assertThatThrownBy(() -> value(expression, "%n"))
                .isInstanceOf(ExpressionException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64.encode(b'a')", "'a'.reverse()", "math.greatest(1, 2)", "[1].exists(i, v, v == 1)"})
    void whatKubernetesHasNotYetDoesNotCompile(String expression) {
        assertThatThrownBy(() -> COMPILER.value(expression)).hasMessageContaining("compilation failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://user:pass@Example.com:80/a%2fb?k=v#f | https | Example.com:80 | Example.com | 80 | /a%2fb",
                "HTTPS://[::1]:80/ | https | [::1]:80 | ::1 | 80 | /",
                "https://[::1] | https | [::1] | ::1 | `` | ``",
                "/path with space/ä | `` | `` | `` | `` | /path%20with%20space/%C3%A4",
                "https://example.com/a'b | https | example.com | example.com | `` | /a'b",
                "mailto:someone | mailto | `` | `` | `` | ``",
                "http://example.com: | http | example.com: | example.com | `` | ``",
            })
    void locationsAreTakenApart(String text, String scheme, String host, String hostname, String port, String path) {
        Url url = Url.parse(text);

        assertThat(List.of(url.scheme(), url.host(), url.hostname(), url.port(), url.path()))
                .containsExactly(scheme, host, hostname, port, path);
        assertThat(value("url(self).getHostname() + url(self).getPort()", text)).isEqualTo(hostname + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url('https://e.com/p?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
                "url('https://e.com/p?a+b=c%20d&x;y=1&bad=%z&').getQuery() == {'a b': ['c d']}",
                "url('https://e.com/p?').getQuery() == {}",
                "url('/a') == url('/a') && url('/a') != url('/b')",
                "isURL('/absolute-path') && isURL('https://user:pass@e.com:80/path?query=val#fragment')",
                "!isURL('../relative') && !isURL('') && !isURL('https://a:b:c/') && !isURL('http://a b.com/')",
                "url('//host/x').getHost() == 'host' && url('//host/x').getEscapedPath() == '/x'",
                "url('http://h/x#y?z').getEscapedPath() == '/x'",
                "sign(quantity('50k')) == 1 && sign(quantity('-50k')) == -1 && sign(quantity('0')) == 0",
                "quantity('50000000G').isInteger() && !quantity('9999999999999999999999999999G').isInteger()",
                "!quantity('500m').isInteger() && quantity('50k').asInteger() == 50000",
                "quantity('50k').sub(20000).asApproximateFloat() == 30000.0",
                "quantity('50k').add(quantity('20k')) == quantity('70k')",
                "quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')",
                "quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('50M').isLessThan(quantity('50Mi'))",
                "isQuantity('1.3Gi') && !isQuantity('Three') && quantity('1Gi') == quantity('1024Mi')",
            })
    void locationsAndQuantities(String expression) {
        assertThat(value(expression, "")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "isIP('127.0.0.1') && isIP('::1') && isIP('1::1.2.3.4') && isIP('1:2:3:4:5:6:7::')",
                "!isIP('127.0.0.01') && !isIP(':::1') && !isIP('fe80::1%eth0') && !isIP('1:2:3:4:5:6:7:8::') && !isIP('1')",
                "ip.isCanonical('2001:db8::abcd') && !ip.isCanonical('2001:DB8::ABCD')",
                "!ip.isCanonical('2001:db8::0:0:0:abcd') && ip.isCanonical('1:0:0:2::3')",
                "string(ip('2001:DB8:0:0:1:0:0:0')) == '2001:db8:0:0:1::' && string(cidr('10.1.0.0/8')) == '10.1.0.0/8'",
                "ip('127.0.0.1').family() == 4 && ip('::1').family() == 6",
                "ip('0.0.0.0').isUnspecified() && ip('::').isUnspecified() && !ip('::1').isUnspecified()",
                "ip('127.9.0.1').isLoopback() && ip('::1').isLoopback() && !ip('2001:db8::1').isLoopback()",
                "ip('224.0.0.1').isLinkLocalMulticast() && !ip('224.0.1.1').isLinkLocalMulticast()",
                "ip('ff02::1').isLinkLocalMulticast() && !ip('fd00::1').isLinkLocalMulticast()",
                "ip('169.254.169.254').isLinkLocalUnicast() && ip('fe80::1').isLinkLocalUnicast()",
                "!ip('192.168.0.1').isLinkLocalUnicast() && !ip('fd80::1').isLinkLocalUnicast()",
                "ip('192.168.0.1').isGlobalUnicast() && ip('2001:db8::abcd').isGlobalUnicast()",
                "!ip('255.255.255.255').isGlobalUnicast() && !ip('ff00::1').isGlobalUnicast()",
                "isCIDR('192.168.0.0/16') && isCIDR('::1/128') && !isCIDR('::1/129') && !isCIDR('1.0.0.0/08')",
                "cidr('192.168.0.0/24').containsIP(ip('192.168.0.1')) && !cidr('10.0.0.0/24').containsIP('10.0.1.1')",
                "cidr('0.0.0.0/0').containsIP('9.9.9.9') && !cidr('0.0.0.0/0').containsIP('::1')",
                "cidr('192.168.0.0/16').containsCIDR(cidr('192.168.10.0/24'))",
                "!cidr('192.168.1.0/24').containsCIDR('192.168.2.0/24') && !cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')",
                "cidr('2001:db8::/33').containsCIDR('2001:db8:7fff::/48') && !cidr('2001:db8::/33').containsIP('2001:db8:8000::')",
                "cidr('192.168.0.1/24').masked() == cidr('192.168.0.0/24') && cidr('::1/128').prefixLength() == 128",
                "cidr('192.168.0.1/24') != cidr('192.168.0.1/24').masked() && cidr('::1/128').ip() == ip('::1')",
            })
    void addressesAndRanges(String expression) {
        assertThat(value(expression, "")).isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!format.dns1123Label().validate('my-label').hasValue()",
                "format.dns1123Label().validate('my.label').value() == ['must not contain dots']",
                "!format.dns1123Subdomain().validate('apiextensions.k8s.io').hasValue()",
                "format.dns1035Label().validate('1a').hasValue()",
                "!format.qualifiedName().validate('k8s.io/name').hasValue()",
                "!format.dns1123LabelPrefix().validate('my-label-prefix-').hasValue()",
                "!format.dns1123SubdomainPrefix().validate('mysubdomain.prefix.-').hasValue()",
                "!format.dns1035LabelPrefix().validate('a-').hasValue() && format.dns1035Label().validate('a-').hasValue()",
                "format.labelValue().validate('_').hasValue() && !format.labelValue().validate('').hasValue()",
                "format.uri().validate('../x').value() == ['parse \"../x\": invalid URI for request']",
                "!format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()",
                "format.uuid().validate('1').value()[0] == 'does not match the UUID format'",
                "!format.byte().validate('aGVsbG8=').hasValue() && format.byte().validate('*').value()[0] == 'invalid base64'",
                "!format.date().validate('2021-01-01').hasValue() && format.date().validate('2021-13-01').hasValue()",
                "!format.datetime().validate('2021-01-01T00:00:00Z').hasValue()",
                "format.datetime().validate('2021-01-01T00:00Z').hasValue()",
                "format.named('uuid').value() == format.uuid() && !format.named('other').hasValue()",
                "format.named('dns1123Label').value().validate(self).orValue([]).size() == 1",
            })
    void formsOfTextsAreKnownByName(String expression) {
        assertThat(value(expression, "-")).isEqualTo(true);
    }

    @Test
    void signIsNoFunctionOfQuantities() {
        assertThatThrownBy(() -> COMPILER.value("quantity('1').sign()"))
                .hasMessageContaining("found no matching overload for 'sign'");
    }

    private static Object value(String expression, Object self) {
        return COMPILER.value(expression).evaluate(Map.of("self", self), Budget.ofRules());
    }
}
