package lt.marksign.client.project;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/** Checks the dependencies that each {@code package-info.java} describes. */
@AnalyzeClasses(packages = "lt.marksign.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "lt.marksign.client";
    private static final String[] LIBRARIES = {"feign..", "com.fasterxml..", "okhttp3..", "okio.."};

    private static final String CALL = ROOT + ".call";

    /** The classes of {@code call} that other packages may use. */
    private static final Set<String> DOORS = Set.of(
            "AccessToken",
            "BaseUrl",
            "CallSettings",
            "Download",
            "GatewayCall",
            "GatewayClient",
            "MarkSignCapability",
            "Models",
            "OkHttpTransport",
            "RetryPolicy",
            "Secrets",
            "Timeouts");

    /** The documented hooks, which accept or return types of Feign. */
    private static final Set<String> HOOKS = Set.of("httpClient", "customizeFeign", "capability", "transport");

    @ArchTest
    static final ArchRule packages_have_no_circles =
            slices().matching("lt.marksign.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothing_depends_on_the_facade_but_spring = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule exceptions_depend_on_the_jdk_alone = classes()
            .that()
            .resideInAPackage(ROOT + ".error")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".error");

    @ArchTest
    static final ArchRule a_call_knows_no_operation = noClasses()
            .that()
            .resideInAPackage(CALL)
            .should()
            .dependOnClassesThat(generatedButFor(
                    "AdditionalProperty",
                    "ApiResponse",
                    "CallListener",
                    "FileContent",
                    "TransferProgress",
                    "UploadFile"));

    @ArchTest
    static final ArchRule a_call_depends_on_feign_okhttp_jackson_and_slf4j = classes()
            .that()
            .resideInAPackage(CALL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "feign..",
                    "com.fasterxml.jackson..",
                    "okhttp3..",
                    "okio..",
                    "kotlin..",
                    CALL,
                    ROOT + ".error",
                    ROOT + ".spec",
                    ROOT + ".model");

    @ArchTest
    static final ArchRule nothing_else_knows_okhttp = noClasses()
            .that()
            .resideOutsideOfPackage(CALL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule what_of_a_call_is_public_is_listed =
            classes().that().resideInAPackage(CALL).and().arePublic().should(beListed());

    private static ArchCondition<JavaClass> beListed() {
        return new ArchCondition<>("be one that other packages use") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.isTopLevelClass() && !DOORS.contains(type.getSimpleName())) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " need not be public"));
                }
            }
        };
    }

    @ArchTest
    static final ArchRule the_spec_depends_on_the_jdk_models_and_exceptions = classes()
            .that()
            .resideInAPackage(ROOT + ".spec")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".spec", ROOT + ".model", ROOT + ".error");

    @ArchTest
    static final ArchRule nothing_outside_spring_knows_spring = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", ROOT + ".spring..");

    @ArchTest
    static final ArchRule the_facade_shows_no_library_but_for_its_hooks = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT)
            .and()
            .arePublic()
            .should(showNoLibrary());

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getSimpleName());
    }

    @ArchTest
    static final ArchRule the_client_hands_out_a_facade_of_each_tag = classes()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .haveSimpleNameEndingWith("Facade")
            .should(beHandedOutByTheClient());

    private static ArchCondition<JavaClass> beHandedOutByTheClient() {
        return new ArchCondition<>("have a subclass that MarkSignClient makes") {
            @Override
            public void check(JavaClass facade, ConditionEvents events) {
                boolean handedOut = facade.getDirectDependenciesToSelf().stream()
                        .map(Dependency::getOriginClass)
                        .filter(facade.getSubclasses()::contains)
                        .flatMap(type -> type.getDirectDependenciesToSelf().stream())
                        .anyMatch(use -> use.getOriginClass().getSimpleName().equals("MarkSignClient"));
                if (!handedOut) {
                    events.add(SimpleConditionEvent.violated(facade, "no method hands out " + facade.getName()));
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> generatedButFor(String... names) {
        return JavaClass.Predicates.resideInAnyPackage(ROOT + ".api", ROOT + ".model")
                .and(DescribedPredicate.describe(
                        "none of " + List.of(names), type -> !List.of(names).contains(outermost(type))));
    }

    private static ArchCondition<JavaMethod> showNoLibrary() {
        DescribedPredicate<JavaClass> library = JavaClass.Predicates.resideInAnyPackage(LIBRARIES);
        return new ArchCondition<>("show no type of Feign, Jackson or OkHttp") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean shows = method.getAllInvolvedRawTypes().stream().anyMatch(library);
                if (shows && !HOOKS.contains(method.getName())) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " shows one"));
                }
            }
        };
    }
}
