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
    private static final Set<String> PUBLIC_CLASSES = Set.of(
            "AccessToken",
            "Arguments",
            "BaseUrl",
            "CallSettings",
            "Download",
            "GatewayCall",
            "GatewayClient",
            "MarkSignCapability",
            "Models",
            "OkHttpTransport",
            "Secrets");

    /** The documented hooks, which accept or return types of Feign. */
    private static final Set<String> HOOKS = Set.of("httpClient", "customizeFeign", "capability", "transport");

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("lt.marksign.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_spring_depends_on_the_facade = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT, ROOT + ".spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule exceptions_depend_only_on_the_jdk = classes()
            .that()
            .resideInAPackage(ROOT + ".error")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".error");

    @ArchTest
    static final ArchRule call_package_depends_on_no_generated_operation = noClasses()
            .that()
            .resideInAPackage(CALL)
            .should()
            .dependOnClassesThat(generatedExcept(
                    "AdditionalProperty",
                    "ApiResponse",
                    "CallListener",
                    "FileContent",
                    "TransferProgress",
                    "UploadFile"));

    @ArchTest
    static final ArchRule call_package_depends_only_on_feign_okhttp_jackson_and_slf4j = classes()
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
    static final ArchRule only_the_call_package_depends_on_okhttp = noClasses()
            .that()
            .resideOutsideOfPackage(CALL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "okio..");

    @ArchTest
    static final ArchRule public_classes_of_the_call_package_are_listed =
            classes().that().resideInAPackage(CALL).and().arePublic().should(beListed());

    private static ArchCondition<JavaClass> beListed() {
        return new ArchCondition<>("be one that other packages use") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.isTopLevelClass() && !PUBLIC_CLASSES.contains(type.getSimpleName())) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " need not be public"));
                }
            }
        };
    }

    @ArchTest
    static final ArchRule spec_package_depends_only_on_the_jdk_models_and_exceptions = classes()
            .that()
            .resideInAPackage(ROOT + ".spec")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", ROOT + ".spec", ROOT + ".model", ROOT + ".error");

    @ArchTest
    static final ArchRule only_the_spring_package_depends_on_spring = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".spring..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", ROOT + ".spring..");

    @ArchTest
    static final ArchRule facade_exposes_no_library_type_except_in_hooks = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(ROOT)
            .and()
            .arePublic()
            .should(exposeNoLibraryType());

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type.getSimpleName());
    }

    @ArchTest
    static final ArchRule client_provides_a_facade_for_each_tag = classes()
            .that()
            .resideInAPackage(ROOT)
            .and()
            .haveSimpleNameEndingWith("Facade")
            .should(beProvidedByTheClient());

    private static ArchCondition<JavaClass> beProvidedByTheClient() {
        return new ArchCondition<>("have a subclass that MarkSignClient makes") {
            @Override
            public void check(JavaClass facade, ConditionEvents events) {
                boolean provided = facade.getDirectDependenciesToSelf().stream()
                        .map(Dependency::getOriginClass)
                        .filter(facade.getSubclasses()::contains)
                        .flatMap(type -> type.getDirectDependenciesToSelf().stream())
                        .anyMatch(use -> use.getOriginClass().getSimpleName().equals("MarkSignClient"));
                if (!provided) {
                    events.add(SimpleConditionEvent.violated(facade, "no method hands out " + facade.getName()));
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> generatedExcept(String... names) {
        return JavaClass.Predicates.resideInAnyPackage(ROOT + ".api", ROOT + ".model")
                .and(DescribedPredicate.describe(
                        "none of " + List.of(names), type -> !List.of(names).contains(outermost(type))));
    }

    private static ArchCondition<JavaMethod> exposeNoLibraryType() {
        DescribedPredicate<JavaClass> library = JavaClass.Predicates.resideInAnyPackage(LIBRARIES);
        return new ArchCondition<>("show no type of Feign, Jackson or OkHttp") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean exposes = method.getAllInvolvedRawTypes().stream().anyMatch(library);
                if (exposes && !HOOKS.contains(method.getName())) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " shows one"));
                }
            }
        };
    }
}
