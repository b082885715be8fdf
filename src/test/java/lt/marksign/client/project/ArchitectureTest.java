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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Holds the packages to what their {@code package-info.java} says. */
@AnalyzeClasses(packages = "lt.marksign.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "lt.marksign.client";
    private static final String[] LIBRARIES = {"feign..", "com.fasterxml..", "okhttp3..", "okio.."};

    private static final String[] PLUMBING = {
        ROOT + ".feign", ROOT + ".exchange", ROOT + ".json", ROOT + ".transport", ROOT + ".okhttp", ROOT + ".secrets"
    };

    /** What the client and its Spring beans assemble a call of, hand to it, or ask. */
    private static final Set<String> DOORS = Set.of(
            "MarkSignCapability",
            "JsonCodec",
            "OkHttpTransport",
            "Transport",
            // Settings, and what an observer is told.
            "RetryPolicy",
            "Timeouts",
            "OperationName",
            "RetryListener",
            // What goes along with the thread.
            "Download",
            "SingleAttempt",
            // Rules.
            "AccessToken",
            "CalledUrl",
            "PathTemplate",
            "RetryAfter",
            "Secrets");

    /** The documented hooks: what a caller may hand in or take out of Feign's. */
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
    static final ArchRule the_plumbing_knows_no_operation = noClasses()
            .that()
            .resideInAnyPackage(PLUMBING)
            .should()
            .dependOnClassesThat(
                    generatedButFor("AdditionalProperty", "ApiResponse", "FileContent", "TransferProgress"));

    /** The way of a call: in by {@code feign}, out by {@code okhttp}, and no room knows who comes to it. */
    @ArchTest
    static final ArchRule what_plugs_into_feign_depends_on_the_rooms_behind_it =
            room("feign", "feign..", ROOT + ".exchange", ROOT + ".json", ROOT + ".transport", ROOT + ".secrets");

    @ArchTest
    static final ArchRule an_exchange_depends_on_what_it_sends_by_and_what_it_hides = room(
            "exchange",
            "feign",
            "com.fasterxml.jackson..",
            "org.slf4j..",
            ROOT + ".json",
            ROOT + ".transport",
            ROOT + ".secrets");

    @ArchTest
    static final ArchRule json_depends_on_jackson_and_not_on_feign =
            room("json", "com.fasterxml.jackson..", ROOT + ".transport");

    @ArchTest
    static final ArchRule a_transport_depends_on_feigns_requests =
            room("transport", "feign", "com.fasterxml.jackson.core.io");

    @ArchTest
    static final ArchRule the_own_transport_depends_on_okhttp =
            room("okhttp", "okhttp3..", "okio..", "kotlin..", "feign..", ROOT + ".transport");

    @ArchTest
    static final ArchRule hiding_depends_on_the_jdk_alone = classes()
            .that()
            .resideInAPackage(ROOT + ".secrets")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".secrets");

    @ArchTest
    static final ArchRule nothing_else_knows_okhttp = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".okhttp")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..", "feign.okhttp..");

    @ArchTest
    static final ArchRule who_assembles_the_rooms_comes_no_further_than_their_doors = noClasses()
            .that()
            .resideOutsideOfPackages(PLUMBING)
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(PLUMBING)
                    .and(DescribedPredicate.describe("are behind a door", type -> !DOORS.contains(outermost(type)))));

    @ArchTest
    static final ArchRule the_spec_depends_on_the_jdk_and_the_models_alone = classes()
            .that()
            .resideInAPackage(ROOT + ".spec")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".spec", ROOT + ".model");

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

    private static ArchRule room(String name, String... others) {
        String room = ROOT + "." + name;
        String[] always = {
            "java..", "javax.net..", "org.jspecify..", room, ROOT + ".error", ROOT + ".spec", ROOT + ".model"
        };
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(always, others).flatMap(Arrays::stream).toArray(String[]::new));
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
                        "none of " + List.of(names), type -> !List.of(names).contains(type.getSimpleName())));
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
