package lt.marksign.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
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

/** Holds the packages to what their {@code package-info.java} says. */
@AnalyzeClasses(packages = "lt.marksign.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "lt.marksign.client";
    private static final String[] LIBRARIES = {"feign..", "com.fasterxml..", "okhttp3..", "okio.."};

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
            .resideInAPackage(ROOT + ".feign")
            .should()
            .dependOnClassesThat(generatedButFor("ApiResponse", "FileContent", "TransferProgress"));

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
