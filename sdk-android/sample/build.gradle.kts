// SPDX-License-Identifier: Apache-2.0
plugins {
  id("com.android.application") version "8.13.0"
}

android {
  namespace = "dev.vigil.sample"
  compileSdk = 36

  defaultConfig {
    applicationId = "dev.vigil.sample"
    minSdk = 28
    targetSdk = 36
    versionCode = 1
    versionName = "1"
  }

  compileOptions {
    // The SDK is Java 17 and uses parts of the library that came with Android 13 and 14.
    isCoreLibraryDesugaringEnabled = true
    sourceCompatibility = JavaVersion.VERSION_17
    targetCompatibility = JavaVersion.VERSION_17
  }

  buildTypes {
    release {
      isMinifyEnabled = true
      proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
    }
  }

  packaging {
    resources.excludes += listOf("META-INF/versions/**", "META-INF/LICENSE*", "META-INF/NOTICE*")
  }
}

dependencies {
  // Built by this repository: mvn package -pl sdk,sdk-android, then copied to libs.
  implementation(files("libs/sdk-0.1.0.jar", "libs/sdk-android-0.1.0.jar"))
  implementation("com.nimbusds:nimbus-jose-jwt:10.10")
  implementation("org.bouncycastle:bcpkix-jdk18on:1.86")
  implementation("com.squareup.okhttp3:okhttp:5.4.0")
  compileOnly("org.jspecify:jspecify:1.0.0")
  coreLibraryDesugaring("com.android.tools:desugar_jdk_libs:2.1.5")
}
