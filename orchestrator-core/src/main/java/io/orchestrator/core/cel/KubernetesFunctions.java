package io.orchestrator.core.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The functions that Kubernetes adds to CEL, as far as they are supported; others do not compile. Stateless. */
final class KubernetesFunctions {
    private static final CelType TEXT = SimpleType.STRING;
    private static final CelType ANY = SimpleType.DYN;
    private static final CelType LIST = ListType.create(SimpleType.DYN);
    private static final CelType ITEM = TypeParamType.create("T");

    private static final FunctionSet OTHERS = others();

    private KubernetesFunctions() {}

    private static FunctionSet others() {
        FunctionSet functions = new FunctionSet();
        CelType list = ListType.create(ITEM);
        functions
                .member(
                        "indexOf",
                        "list_a_index_of_int",
                        SimpleType.INT,
                        list,
                        List.class,
                        ITEM,
                        Object.class,
                        ListFunctions::indexOf)
                .member(
                        "lastIndexOf",
                        "list_a_last_index_of_int",
                        SimpleType.INT,
                        list,
                        List.class,
                        ITEM,
                        Object.class,
                        ListFunctions::lastIndexOf);
        FormatFunctions.addTo(functions);
        UrlFunctions.addTo(functions);
        QuantityFunctions.addTo(functions);
        AddressFunctions.addTo(functions);
        return functions;
    }

    /** Of lists without regard to what is in them, as those who evaluate do not know that. */
    static List<CelFunctionDecl> declarations() {
        return with(List.of(
                member("isSorted", "k8s_is_sorted", SimpleType.BOOL, LIST),
                member("sum", "k8s_sum", ANY, LIST),
                member("min", "k8s_min", ANY, LIST),
                member("max", "k8s_max", ANY, LIST)));
    }

    /** Of lists by what is in them: to look at expressions whose types are known, not to evaluate them. */
    static List<CelFunctionDecl> typedDeclarations() {
        return with(ListFunctions.typedDeclarations());
    }

    private static List<CelFunctionDecl> with(List<CelFunctionDecl> ofLists) {
        List<CelFunctionDecl> all = new ArrayList<>(ofLists);
        all.addAll(ofPatterns());
        all.addAll(OTHERS.declarations());
        return all;
    }

    private static List<CelFunctionDecl> ofPatterns() {
        return List.of(
                member("find", "k8s_find", TEXT, TEXT, TEXT),
                CelFunctionDecl.newFunctionDeclaration(
                        "findAll",
                        CelOverloadDecl.newMemberOverload("k8s_find_all", ListType.create(TEXT), TEXT, TEXT),
                        CelOverloadDecl.newMemberOverload(
                                "k8s_find_some", ListType.create(TEXT), TEXT, TEXT, SimpleType.INT)));
    }

    private static CelFunctionDecl member(String name, String id, CelType result, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(name, CelOverloadDecl.newMemberOverload(id, result, arguments));
    }

    static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        all.addAll(one("find", CelFunctionBinding.from("k8s_find", String.class, String.class, (text, regex) -> {
            Matcher matcher = Pattern.compile(regex).matcher(text);
            return matcher.find() ? matcher.group() : "";
        })));
        all.addAll(CelFunctionBinding.fromOverloads(
                "findAll",
                CelFunctionBinding.from(
                        "k8s_find_all",
                        String.class,
                        String.class,
                        (text, regex) -> found(text, regex, Long.MAX_VALUE)),
                CelFunctionBinding.from(
                        "k8s_find_some",
                        List.of(String.class, String.class, Long.class),
                        arguments -> found((String) arguments[0], (String) arguments[1], (Long) arguments[2]))));
        all.addAll(one("isSorted", CelFunctionBinding.from("k8s_is_sorted", List.class, ListFunctions::isSorted)));
        all.addAll(one("sum", CelFunctionBinding.from("k8s_sum", List.class, ListFunctions::sum)));
        all.addAll(EmptySums.bindings());
        all.addAll(one("min", CelFunctionBinding.from("k8s_min", List.class, list -> ListFunctions.extreme(list, -1))));
        all.addAll(one("max", CelFunctionBinding.from("k8s_max", List.class, list -> ListFunctions.extreme(list, 1))));
        all.addAll(OTHERS.bindings());
        return all;
    }

    private static Collection<CelFunctionBinding> one(String name, CelFunctionBinding binding) {
        return CelFunctionBinding.fromOverloads(name, binding);
    }

    private static List<String> found(String text, String regex, long most) {
        List<String> all = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex).matcher(text);
        while ((most < 0 || all.size() < most) && matcher.find()) {
            all.add(matcher.group());
        }
        return all;
    }
}
