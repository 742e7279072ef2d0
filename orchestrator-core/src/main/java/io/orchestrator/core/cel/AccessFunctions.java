package io.orchestrator.core.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload.Binary;
import dev.cel.runtime.CelFunctionOverload.Unary;
import java.util.ArrayList;
import java.util.List;

/** What expressions ask of an {@code authorizer}. Checks of labels and fields are asked as those of everything. Stateless. */
final class AccessFunctions {
    private static final CelType TEXT = SimpleType.STRING;

    static final CelType ACCESS = OpaqueType.create("kubernetes.authorization.Authorizer");
    private static final CelType PATH = OpaqueType.create("kubernetes.authorization.PathCheck");
    private static final CelType GROUP = OpaqueType.create("kubernetes.authorization.GroupCheck");
    static final CelType RESOURCE = OpaqueType.create("kubernetes.authorization.ResourceCheck");
    private static final CelType DECISION = OpaqueType.create("kubernetes.authorization.Decision");

    private AccessFunctions() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                member("path", "authorizer_path", PATH, ACCESS, TEXT),
                member("group", "authorizer_group", GROUP, ACCESS, TEXT),
                member("serviceAccount", "authorizer_serviceaccount", ACCESS, ACCESS, TEXT, TEXT),
                member("resource", "groupcheck_resource", RESOURCE, GROUP, TEXT),
                member("subresource", "resourcecheck_subresource", RESOURCE, RESOURCE, TEXT),
                member("namespace", "resourcecheck_namespace", RESOURCE, RESOURCE, TEXT),
                member("name", "resourcecheck_name", RESOURCE, RESOURCE, TEXT),
                member("fieldSelector", "resourcecheck_fieldselector", RESOURCE, RESOURCE, TEXT),
                member("labelSelector", "resourcecheck_labelselector", RESOURCE, RESOURCE, TEXT),
                CelFunctionDecl.newFunctionDeclaration(
                        "check",
                        CelOverloadDecl.newMemberOverload("pathcheck_check", DECISION, PATH, TEXT),
                        CelOverloadDecl.newMemberOverload("resourcecheck_check", DECISION, RESOURCE, TEXT)),
                member("allowed", "decision_allowed", SimpleType.BOOL, DECISION),
                member("reason", "decision_reason", TEXT, DECISION),
                member("errored", "decision_errored", SimpleType.BOOL, DECISION),
                member("error", "decision_error", TEXT, DECISION));
    }

    private static CelFunctionDecl member(String name, String id, CelType result, CelType... arguments) {
        return CelFunctionDecl.newFunctionDeclaration(name, CelOverloadDecl.newMemberOverload(id, result, arguments));
    }

    static List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        add("path", "authorizer_path", Access.class, Access.Check::ofPath, all);
        add("group", "authorizer_group", Access.class, Access.Check::ofGroup, all);
        all.addAll(CelFunctionBinding.fromOverloads(
                "serviceAccount",
                CelFunctionBinding.from(
                        "authorizer_serviceaccount",
                        List.of(Access.class, String.class, String.class),
                        arguments -> Access.Check.serviceAccount(
                                (Access) arguments[0], (String) arguments[1], (String) arguments[2]))));
        add("resource", "groupcheck_resource", Access.Check.class, Access.Check::resource, all);
        add("subresource", "resourcecheck_subresource", Access.Check.class, Access.Check::subresource, all);
        add("namespace", "resourcecheck_namespace", Access.Check.class, Access.Check::namespace, all);
        add("name", "resourcecheck_name", Access.Check.class, Access.Check::name, all);
        add("fieldSelector", "resourcecheck_fieldselector", Access.Check.class, (check, selector) -> check, all);
        add("labelSelector", "resourcecheck_labelselector", Access.Check.class, (check, selector) -> check, all);
        all.addAll(CelFunctionBinding.fromOverloads(
                "check",
                CelFunctionBinding.from("pathcheck_check", Access.Check.class, String.class, Access.Check::ask),
                CelFunctionBinding.from("resourcecheck_check", Access.Check.class, String.class, Access.Check::ask)));
        add("allowed", "decision_allowed", Access.Answer::allowed, all);
        add("reason", "decision_reason", Access.Answer::reason, all);
        add("errored", "decision_errored", answer -> !answer.error().isEmpty(), all);
        add("error", "decision_error", Access.Answer::error, all);
        return all;
    }

    private static <T> void add(
            String name, String id, Class<T> of, Binary<T, String> function, List<CelFunctionBinding> to) {
        to.addAll(CelFunctionBinding.fromOverloads(name, CelFunctionBinding.from(id, of, String.class, function)));
    }

    private static void add(String name, String id, Unary<Access.Answer> function, List<CelFunctionBinding> to) {
        to.addAll(CelFunctionBinding.fromOverloads(name, CelFunctionBinding.from(id, Access.Answer.class, function)));
    }
}
