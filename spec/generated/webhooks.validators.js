// Made by `npm run generate` from spec/webhooks.openapi.yaml. Do not edit.
const isObject = (value) => value && typeof value == "object" && !Array.isArray(value);
const fault = (instancePath, keyword, params, propertyName) => ({ instancePath, keyword, params, propertyName });
const refuse = (validate, instancePath, keyword, params, propertyName) => {
    validate.errors = [fault(instancePath, keyword, params, propertyName)];
    return false;
};
// Without a copy of all faults so far: a body of 256 KiB with one in each of its elements took minutes.
const add = (faults, { errors }) => {
    for (const error of errors) faults.push(error);
    return faults.length;
};
const names0 = new Set(["kind","api_version","url","description","eventTypes","filter","headers","rate","concurrency","ordered","destination","auth","schedule","timeoutSeconds","payload","retentionDays","scheme","secret"]);
const names1 = new Set(["api_version","url","description","eventTypes","filter","headers","rate","concurrency","ordered","destination","auth","schedule","timeoutSeconds","payload","retentionDays"]);

export const validateEndpointCreate = validate21;




function validate22(data, instancePath=""){
/*# sourceURL="Kind" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
if(!((data === "standard") || (data === "acp"))){
errors = (vErrors ??= []).push(fault(instancePath, "enum", {allowedValues: ["standard","acp"]}));
}
validate22.errors = vErrors;
return errors === 0;
}


const func3 = (text) => { let length = 0; for (const _ of text) length += 1; return length; };

function validate24(data, instancePath=""){
/*# sourceURL="ApiVersion" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 32){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 32}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate24.errors = vErrors;
return errors === 0;
}


const pattern0 = new RegExp("^[!-~]*$", "u");

function validate26(data, instancePath=""){
/*# sourceURL="Url" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 2048){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 2048}));
}
if(func3(data) < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minLength", {limit: 1}));
}
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[!-~]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate26.errors = vErrors;
return errors === 0;
}


const pattern1 = new RegExp("^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$", "u");

function validate28(data, instancePath=""){
/*# sourceURL="Description" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 200){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 200}));
}
if(!pattern1.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate28.errors = vErrors;
return errors === 0;
}


const pattern2 = new RegExp("^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$", "u");

function validate30(data, instancePath=""){
/*# sourceURL="EventTypes" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length > 50){
errors = (vErrors ??= []).push(fault(instancePath, "maxItems", {limit: 50}));
}
if(data.length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minItems", {limit: 1}));
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(func3(data0) > 64){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "maxLength", {limit: 64}));
}
if(!pattern2.test(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "pattern", {pattern: "^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "type", {type: "string"}));
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
errors = (vErrors ??= []).push(fault(instancePath, "uniqueItems", {i: i1, j: j0}));
break;
}
indices0[item0] = i1;
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "array"}));
}
validate30.errors = vErrors;
return errors === 0;
}



function validate32(data, instancePath=""){
/*# sourceURL="Filter" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(Object.keys(data).length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minProperties", {limit: 1}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate32.errors = vErrors;
return errors === 0;
}


const pattern3 = new RegExp("^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$", "u");
const pattern4 = new RegExp("^[!-~](?:[ -~]*[!-~])?$", "u");

function validate34(data, instancePath=""){
/*# sourceURL="Headers" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
for(const name0 in data){
if(data[name0] === null){
delete data[name0];
}
}
}
if(isObject(data)){
if(Object.keys(data).length > 20){
errors = (vErrors ??= []).push(fault(instancePath, "maxProperties", {limit: 20}));
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(!pattern3.test(key0)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$"}, key0));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}, key0));
}
var valid0 = _errs1 === errors;
if(!valid0){
errors = (vErrors ??= []).push(fault(instancePath, "propertyNames", {propertyName: key0}));
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 === "string"){
if(func3(data0) > 1024){
errors = (vErrors ??= []).push(fault(instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "maxLength", {limit: 1024}));
}
if(!pattern4.test(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "pattern", {pattern: "^[!-~](?:[ -~]*[!-~])?$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate34.errors = vErrors;
return errors === 0;
}



function validate36(data, instancePath=""){
/*# sourceURL="Rate" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data > 1000 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 1000}));
}
if(data < 1 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 1}));
}
}
validate36.errors = vErrors;
return errors === 0;
}



function validate38(data, instancePath=""){
/*# sourceURL="Concurrency" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data > 100 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 100}));
}
if(data < 1 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 1}));
}
}
validate38.errors = vErrors;
return errors === 0;
}



function validate40(data, instancePath=""){
/*# sourceURL="Ordered" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "boolean"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "boolean"}));
}
validate40.errors = vErrors;
return errors === 0;
}



const pattern5 = new RegExp("^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$", "u");

const pattern6 = new RegExp("^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$", "u");

function validate44(data, instancePath=""){
/*# sourceURL="RoleArn" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(!pattern6.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate44.errors = vErrors;
return errors === 0;
}


function validate43(data, instancePath=""){
/*# sourceURL="QueueDestination" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.queueArn === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "queueArn"}));
}
if(data.roleArn === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "roleArn"}));
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "queueArn")) || (key0 === "roleArn"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
if("sqs" !== data0){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "const", {allowedValue: "sqs"}));
}
}
if(data.queueArn !== undefined){
let data1 = data.queueArn;
if(typeof data1 === "string"){
if(!pattern5.test(data1)){
errors = (vErrors ??= []).push(fault(instancePath+"/queueArn", "pattern", {pattern: "^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/queueArn", "type", {type: "string"}));
}
}
if(data.roleArn !== undefined){
if(!(validate44(data.roleArn, instancePath+"/roleArn"))){
errors = add(vErrors ??= [], validate44);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate43.errors = vErrors;
return errors === 0;
}


const pattern7 = new RegExp("^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$", "u");

function validate47(data, instancePath=""){
/*# sourceURL="BusDestination" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.busArn === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "busArn"}));
}
if(data.roleArn === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "roleArn"}));
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "busArn")) || (key0 === "roleArn"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
if("eventbridge" !== data0){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "const", {allowedValue: "eventbridge"}));
}
}
if(data.busArn !== undefined){
let data1 = data.busArn;
if(typeof data1 === "string"){
if(!pattern7.test(data1)){
errors = (vErrors ??= []).push(fault(instancePath+"/busArn", "pattern", {pattern: "^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/busArn", "type", {type: "string"}));
}
}
if(data.roleArn !== undefined){
if(!(validate44(data.roleArn, instancePath+"/roleArn"))){
errors = add(vErrors ??= [], validate44);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate47.errors = vErrors;
return errors === 0;
}


function validate42(data, instancePath=""){
/*# sourceURL="Destination" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(errors === _errs3){
if(isObject(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
errors = (vErrors ??= []).push({});
}
else {
if(data.type !== undefined){
if("sqs" !== data.type){
errors = (vErrors ??= []).push({});
}
}
}
}
else {
errors = (vErrors ??= []).push({});
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs6 = errors;
if(!(validate43(data, instancePath))){
errors = add(vErrors ??= [], validate43);
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
const _errs8 = errors;
let valid3 = true;
const _errs9 = errors;
if(errors === _errs9){
if(isObject(data)){
let missing1;
if((data.type === undefined) && (missing1 = "type")){
errors = (vErrors ??= []).push({});
}
else {
if(data.type !== undefined){
if("eventbridge" !== data.type){
errors = (vErrors ??= []).push({});
}
}
}
}
else {
errors = (vErrors ??= []).push({});
}
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs12 = errors;
if(!(validate47(data, instancePath))){
errors = add(vErrors ??= [], validate47);
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
}
if(!valid3){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.type !== undefined){
let data2 = data.type;
if(!((data2 === "sqs") || (data2 === "eventbridge"))){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "enum", {allowedValues: ["sqs","eventbridge"]}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate42.errors = vErrors;
return errors === 0;
}



const pattern8 = new RegExp("^[!-9;-~]+$", "u");
const pattern9 = new RegExp("^[ -~]+$", "u");

function validate52(data, instancePath=""){
/*# sourceURL="BasicAuth" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.username === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "username"}));
}
if(data.password === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "password"}));
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "username")) || (key0 === "password"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
if("basic" !== data0){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "const", {allowedValue: "basic"}));
}
}
if(data.username !== undefined){
let data1 = data.username;
if(typeof data1 === "string"){
if(func3(data1) > 256){
errors = (vErrors ??= []).push(fault(instancePath+"/username", "maxLength", {limit: 256}));
}
if(!pattern8.test(data1)){
errors = (vErrors ??= []).push(fault(instancePath+"/username", "pattern", {pattern: "^[!-9;-~]+$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/username", "type", {type: "string"}));
}
}
if(data.password !== undefined){
let data2 = data.password;
if(typeof data2 === "string"){
if(func3(data2) > 256){
errors = (vErrors ??= []).push(fault(instancePath+"/password", "maxLength", {limit: 256}));
}
if(!pattern9.test(data2)){
errors = (vErrors ??= []).push(fault(instancePath+"/password", "pattern", {pattern: "^[ -~]+$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/password", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate52.errors = vErrors;
return errors === 0;
}


const pattern12 = new RegExp("^[!-~]+(?: [!-~]+)*$", "u");

function validate54(data, instancePath=""){
/*# sourceURL="OAuth2Auth" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.scope === null){
delete data.scope;
}
}
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.tokenUrl === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "tokenUrl"}));
}
if(data.clientId === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "clientId"}));
}
if(data.clientSecret === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "clientSecret"}));
}
for(const key0 in data){
if(!(((((key0 === "type") || (key0 === "tokenUrl")) || (key0 === "clientId")) || (key0 === "clientSecret")) || (key0 === "scope"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
if("oauth2" !== data0){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "const", {allowedValue: "oauth2"}));
}
}
if(data.tokenUrl !== undefined){
if(!(validate26(data.tokenUrl, instancePath+"/tokenUrl"))){
errors = add(vErrors ??= [], validate26);
}
}
if(data.clientId !== undefined){
let data2 = data.clientId;
if(typeof data2 === "string"){
if(func3(data2) > 256){
errors = (vErrors ??= []).push(fault(instancePath+"/clientId", "maxLength", {limit: 256}));
}
if(!pattern9.test(data2)){
errors = (vErrors ??= []).push(fault(instancePath+"/clientId", "pattern", {pattern: "^[ -~]+$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/clientId", "type", {type: "string"}));
}
}
if(data.clientSecret !== undefined){
let data3 = data.clientSecret;
if(typeof data3 === "string"){
if(func3(data3) > 1024){
errors = (vErrors ??= []).push(fault(instancePath+"/clientSecret", "maxLength", {limit: 1024}));
}
if(!pattern9.test(data3)){
errors = (vErrors ??= []).push(fault(instancePath+"/clientSecret", "pattern", {pattern: "^[ -~]+$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/clientSecret", "type", {type: "string"}));
}
}
if(data.scope !== undefined){
let data4 = data.scope;
if(typeof data4 === "string"){
if(func3(data4) > 1024){
errors = (vErrors ??= []).push(fault(instancePath+"/scope", "maxLength", {limit: 1024}));
}
if(!pattern12.test(data4)){
errors = (vErrors ??= []).push(fault(instancePath+"/scope", "pattern", {pattern: "^[!-~]+(?: [!-~]+)*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/scope", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate54.errors = vErrors;
return errors === 0;
}



function validate57(data, instancePath=""){
/*# sourceURL="MtlsAuth" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.certificate === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "certificate"}));
}
if(data.key === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "key"}));
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "certificate")) || (key0 === "key"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
if("mtls" !== data0){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "const", {allowedValue: "mtls"}));
}
}
if(data.certificate !== undefined){
let data1 = data.certificate;
if(typeof data1 === "string"){
if(func3(data1) > 16384){
errors = (vErrors ??= []).push(fault(instancePath+"/certificate", "maxLength", {limit: 16384}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/certificate", "type", {type: "string"}));
}
}
if(data.key !== undefined){
let data2 = data.key;
if(typeof data2 === "string"){
if(func3(data2) > 8192){
errors = (vErrors ??= []).push(fault(instancePath+"/key", "maxLength", {limit: 8192}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/key", "type", {type: "string"}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate57.errors = vErrors;
return errors === 0;
}


function validate51(data, instancePath=""){
/*# sourceURL="Auth" */;
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(errors === _errs3){
if(isObject(data)){
let missing0;
if((data.type === undefined) && (missing0 = "type")){
errors = (vErrors ??= []).push({});
}
else {
if(data.type !== undefined){
if("basic" !== data.type){
errors = (vErrors ??= []).push({});
}
}
}
}
else {
errors = (vErrors ??= []).push({});
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs6 = errors;
if(!(validate52(data, instancePath))){
errors = add(vErrors ??= [], validate52);
}
var _valid0 = _errs6 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
const _errs8 = errors;
let valid3 = true;
const _errs9 = errors;
if(errors === _errs9){
if(isObject(data)){
let missing1;
if((data.type === undefined) && (missing1 = "type")){
errors = (vErrors ??= []).push({});
}
else {
if(data.type !== undefined){
if("oauth2" !== data.type){
errors = (vErrors ??= []).push({});
}
}
}
}
else {
errors = (vErrors ??= []).push({});
}
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs12 = errors;
if(!(validate54(data, instancePath))){
errors = add(vErrors ??= [], validate54);
}
var _valid1 = _errs12 === errors;
valid3 = _valid1;
}
if(!valid3){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
const _errs14 = errors;
let valid5 = true;
const _errs15 = errors;
if(errors === _errs15){
if(isObject(data)){
let missing2;
if((data.type === undefined) && (missing2 = "type")){
errors = (vErrors ??= []).push({});
}
else {
if(data.type !== undefined){
if("mtls" !== data.type){
errors = (vErrors ??= []).push({});
}
}
}
}
else {
errors = (vErrors ??= []).push({});
}
}
var _valid2 = _errs15 === errors;
errors = _errs14;
if(vErrors !== null){
if(_errs14){
vErrors.length = _errs14;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs18 = errors;
if(!(validate57(data, instancePath))){
errors = add(vErrors ??= [], validate57);
}
var _valid2 = _errs18 === errors;
valid5 = _valid2;
}
if(!valid5){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.type !== undefined){
let data3 = data.type;
if(!(((data3 === "basic") || (data3 === "oauth2")) || (data3 === "mtls"))){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "enum", {allowedValues: ["basic","oauth2","mtls"]}));
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate51.errors = vErrors;
return errors === 0;
}



function validate60(data, instancePath=""){
/*# sourceURL="Schedule" */;
let vErrors = null;
let errors = 0;
if((typeof data !== "string") && (!(Array.isArray(data)))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: ["string","array"]}));
}
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(typeof data !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(typeof data !== "string"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
if(!(((data === "standard") || (data === "brief")) || (data === "patient"))){
errors = (vErrors ??= []).push(fault(instancePath, "enum", {allowedValues: ["standard","brief","patient"]}));
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
const _errs8 = errors;
let valid2 = true;
const _errs9 = errors;
if(!(Array.isArray(data))){
errors = (vErrors ??= []).push({});
}
var _valid1 = _errs9 === errors;
errors = _errs8;
if(vErrors !== null){
if(_errs8){
vErrors.length = _errs8;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs11 = errors;
if(Array.isArray(data)){
if(data.length > 20){
errors = (vErrors ??= []).push(fault(instancePath, "maxItems", {limit: 20}));
}
if(data.length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minItems", {limit: 1}));
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(!(Number.isInteger(data0))){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "type", {type: "integer"}));
}
if(Number.isFinite(data0)){
if(data0 > 86400 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "maximum", {limit: 86400}));
}
if(data0 < 1 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "minimum", {limit: 1}));
}
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "array"}));
}
var _valid1 = _errs11 === errors;
valid2 = _valid1;
}
if(!valid2){
errors = (vErrors ??= []).push(fault(instancePath, "if", {failingKeyword: "then"}));
}
validate60.errors = vErrors;
return errors === 0;
}



function validate62(data, instancePath=""){
/*# sourceURL="TimeoutSeconds" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data > 30 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 30}));
}
if(data < 1 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 1}));
}
}
validate62.errors = vErrors;
return errors === 0;
}



function validate64(data, instancePath=""){
/*# sourceURL="Payload" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
if(!((data === "full") || (data === "thin"))){
errors = (vErrors ??= []).push(fault(instancePath, "enum", {allowedValues: ["full","thin"]}));
}
validate64.errors = vErrors;
return errors === 0;
}



function validate66(data, instancePath=""){
/*# sourceURL="RetentionDays" */;
let vErrors = null;
let errors = 0;
if(!(Number.isInteger(data))){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "integer"}));
}
if(Number.isFinite(data)){
if(data > 90 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "maximum", {limit: 90}));
}
if(data < 3 || isNaN(data)){
errors = (vErrors ??= []).push(fault(instancePath, "minimum", {limit: 3}));
}
}
validate66.errors = vErrors;
return errors === 0;
}



function validate68(data, instancePath=""){
/*# sourceURL="Scheme" */;
let vErrors = null;
let errors = 0;
if(typeof data !== "string"){
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
if(!((data === "v1") || (data === "v1a"))){
errors = (vErrors ??= []).push(fault(instancePath, "enum", {allowedValues: ["v1","v1a"]}));
}
validate68.errors = vErrors;
return errors === 0;
}



function validate70(data, instancePath=""){
/*# sourceURL="Secret" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 256){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 256}));
}
if(func3(data) < 16){
errors = (vErrors ??= []).push(fault(instancePath, "minLength", {limit: 16}));
}
if(!pattern0.test(data)){
errors = (vErrors ??= []).push(fault(instancePath, "pattern", {pattern: "^[!-~]*$"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate70.errors = vErrors;
return errors === 0;
}


function validate21(data, instancePath=""){
/*# sourceURL="EndpointCreate" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.kind === null){
delete data.kind;
}
if(data.api_version === null){
delete data.api_version;
}
if(data.url === null){
delete data.url;
}
if(data.description === null){
delete data.description;
}
if(data.eventTypes === null){
delete data.eventTypes;
}
if(data.filter === null){
delete data.filter;
}
if(data.headers === null){
delete data.headers;
}
if(data.rate === null){
delete data.rate;
}
if(data.concurrency === null){
delete data.concurrency;
}
if(data.ordered === null){
delete data.ordered;
}
if(data.destination === null){
delete data.destination;
}
if(data.auth === null){
delete data.auth;
}
if(data.schedule === null){
delete data.schedule;
}
if(data.timeoutSeconds === null){
delete data.timeoutSeconds;
}
if(data.payload === null){
delete data.payload;
}
if(data.retentionDays === null){
delete data.retentionDays;
}
if(data.scheme === null){
delete data.scheme;
}
if(data.secret === null){
delete data.secret;
}
}
if(isObject(data)){
for(const key0 in data){
if(!(names0.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.kind !== undefined){
if(!(validate22(data.kind, instancePath+"/kind"))){
errors = add(vErrors ??= [], validate22);
}
}
if(data.api_version !== undefined){
if(!(validate24(data.api_version, instancePath+"/api_version"))){
errors = add(vErrors ??= [], validate24);
}
}
if(data.url !== undefined){
if(!(validate26(data.url, instancePath+"/url"))){
errors = add(vErrors ??= [], validate26);
}
}
if(data.description !== undefined){
if(!(validate28(data.description, instancePath+"/description"))){
errors = add(vErrors ??= [], validate28);
}
}
if(data.eventTypes !== undefined){
if(!(validate30(data.eventTypes, instancePath+"/eventTypes"))){
errors = add(vErrors ??= [], validate30);
}
}
if(data.filter !== undefined){
if(!(validate32(data.filter, instancePath+"/filter"))){
errors = add(vErrors ??= [], validate32);
}
}
if(data.headers !== undefined){
if(!(validate34(data.headers, instancePath+"/headers"))){
errors = add(vErrors ??= [], validate34);
}
}
if(data.rate !== undefined){
if(!(validate36(data.rate, instancePath+"/rate"))){
errors = add(vErrors ??= [], validate36);
}
}
if(data.concurrency !== undefined){
if(!(validate38(data.concurrency, instancePath+"/concurrency"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.ordered !== undefined){
if(!(validate40(data.ordered, instancePath+"/ordered"))){
errors = add(vErrors ??= [], validate40);
}
}
if(data.destination !== undefined){
if(!(validate42(data.destination, instancePath+"/destination"))){
errors = add(vErrors ??= [], validate42);
}
}
if(data.auth !== undefined){
if(!(validate51(data.auth, instancePath+"/auth"))){
errors = add(vErrors ??= [], validate51);
}
}
if(data.schedule !== undefined){
if(!(validate60(data.schedule, instancePath+"/schedule"))){
errors = add(vErrors ??= [], validate60);
}
}
if(data.timeoutSeconds !== undefined){
if(!(validate62(data.timeoutSeconds, instancePath+"/timeoutSeconds"))){
errors = add(vErrors ??= [], validate62);
}
}
if(data.payload !== undefined){
if(!(validate64(data.payload, instancePath+"/payload"))){
errors = add(vErrors ??= [], validate64);
}
}
if(data.retentionDays !== undefined){
if(!(validate66(data.retentionDays, instancePath+"/retentionDays"))){
errors = add(vErrors ??= [], validate66);
}
}
if(data.scheme !== undefined){
if(!(validate68(data.scheme, instancePath+"/scheme"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.secret !== undefined){
if(!(validate70(data.secret, instancePath+"/secret"))){
errors = add(vErrors ??= [], validate70);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate21.errors = vErrors;
return errors === 0;
}

export const validateEndpointChange = validate72;


function validate72(data, instancePath=""){
/*# sourceURL="EndpointChange" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.url === null){
delete data.url;
}
if(data.eventTypes === null){
delete data.eventTypes;
}
if(data.headers === null){
delete data.headers;
}
if(data.concurrency === null){
delete data.concurrency;
}
if(data.ordered === null){
delete data.ordered;
}
if(data.destination === null){
delete data.destination;
}
if(data.schedule === null){
delete data.schedule;
}
if(data.timeoutSeconds === null){
delete data.timeoutSeconds;
}
if(data.payload === null){
delete data.payload;
}
if(data.retentionDays === null){
delete data.retentionDays;
}
}
if(isObject(data)){
for(const key0 in data){
if(!(names1.has(key0))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.api_version !== undefined){
let data0 = data.api_version;
if((typeof data0 !== "string") && (data0 !== null)){
errors = (vErrors ??= []).push(fault(instancePath+"/api_version", "type", {type: ["string","null"]}));
}
const _errs5 = errors;
let valid2 = true;
const _errs6 = errors;
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid0 = _errs6 === errors;
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs8 = errors;
if(!(validate24(data0, instancePath+"/api_version"))){
errors = add(vErrors ??= [], validate24);
}
var _valid0 = _errs8 === errors;
valid2 = _valid0;
}
if(!valid2){
errors = (vErrors ??= []).push(fault(instancePath+"/api_version", "if", {failingKeyword: "then"}));
}
const _errs10 = errors;
let valid3 = true;
const _errs11 = errors;
if(data0 !== null){
errors = (vErrors ??= []).push({});
}
var _valid1 = _errs11 === errors;
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
if(_valid1){
const _errs13 = errors;
if(data0 !== null){
errors = (vErrors ??= []).push(fault(instancePath+"/api_version", "type", {type: "null"}));
}
var _valid1 = _errs13 === errors;
valid3 = _valid1;
}
if(!valid3){
errors = (vErrors ??= []).push(fault(instancePath+"/api_version", "if", {failingKeyword: "then"}));
}
}
if(data.url !== undefined){
if(!(validate26(data.url, instancePath+"/url"))){
errors = add(vErrors ??= [], validate26);
}
}
if(data.description !== undefined){
let data2 = data.description;
if((typeof data2 !== "string") && (data2 !== null)){
errors = (vErrors ??= []).push(fault(instancePath+"/description", "type", {type: ["string","null"]}));
}
const _errs19 = errors;
let valid5 = true;
const _errs20 = errors;
if(typeof data2 !== "string"){
errors = (vErrors ??= []).push({});
}
var _valid2 = _errs20 === errors;
errors = _errs19;
if(vErrors !== null){
if(_errs19){
vErrors.length = _errs19;
}
else {
vErrors = null;
}
}
if(_valid2){
const _errs22 = errors;
if(!(validate28(data2, instancePath+"/description"))){
errors = add(vErrors ??= [], validate28);
}
var _valid2 = _errs22 === errors;
valid5 = _valid2;
}
if(!valid5){
errors = (vErrors ??= []).push(fault(instancePath+"/description", "if", {failingKeyword: "then"}));
}
const _errs24 = errors;
let valid6 = true;
const _errs25 = errors;
if(data2 !== null){
errors = (vErrors ??= []).push({});
}
var _valid3 = _errs25 === errors;
errors = _errs24;
if(vErrors !== null){
if(_errs24){
vErrors.length = _errs24;
}
else {
vErrors = null;
}
}
if(_valid3){
const _errs27 = errors;
if(data2 !== null){
errors = (vErrors ??= []).push(fault(instancePath+"/description", "type", {type: "null"}));
}
var _valid3 = _errs27 === errors;
valid6 = _valid3;
}
if(!valid6){
errors = (vErrors ??= []).push(fault(instancePath+"/description", "if", {failingKeyword: "then"}));
}
}
if(data.eventTypes !== undefined){
if(!(validate30(data.eventTypes, instancePath+"/eventTypes"))){
errors = add(vErrors ??= [], validate30);
}
}
if(data.filter !== undefined){
let data4 = data.filter;
if((!(isObject(data4))) && (data4 !== null)){
errors = (vErrors ??= []).push(fault(instancePath+"/filter", "type", {type: ["object","null"]}));
}
const _errs33 = errors;
let valid8 = true;
const _errs34 = errors;
if(!(isObject(data4))){
errors = (vErrors ??= []).push({});
}
var _valid4 = _errs34 === errors;
errors = _errs33;
if(vErrors !== null){
if(_errs33){
vErrors.length = _errs33;
}
else {
vErrors = null;
}
}
if(_valid4){
const _errs36 = errors;
if(!(validate32(data4, instancePath+"/filter"))){
errors = add(vErrors ??= [], validate32);
}
var _valid4 = _errs36 === errors;
valid8 = _valid4;
}
if(!valid8){
errors = (vErrors ??= []).push(fault(instancePath+"/filter", "if", {failingKeyword: "then"}));
}
const _errs38 = errors;
let valid9 = true;
const _errs39 = errors;
if(data4 !== null){
errors = (vErrors ??= []).push({});
}
var _valid5 = _errs39 === errors;
errors = _errs38;
if(vErrors !== null){
if(_errs38){
vErrors.length = _errs38;
}
else {
vErrors = null;
}
}
if(_valid5){
const _errs41 = errors;
if(data4 !== null){
errors = (vErrors ??= []).push(fault(instancePath+"/filter", "type", {type: "null"}));
}
var _valid5 = _errs41 === errors;
valid9 = _valid5;
}
if(!valid9){
errors = (vErrors ??= []).push(fault(instancePath+"/filter", "if", {failingKeyword: "then"}));
}
}
if(data.headers !== undefined){
if(!(validate34(data.headers, instancePath+"/headers"))){
errors = add(vErrors ??= [], validate34);
}
}
if(data.rate !== undefined){
let data6 = data.rate;
if((!(Number.isInteger(data6))) && (data6 !== null)){
errors = (vErrors ??= []).push(fault(instancePath+"/rate", "type", {type: ["integer","null"]}));
}
const _errs47 = errors;
let valid11 = true;
const _errs48 = errors;
if(!(Number.isInteger(data6))){
errors = (vErrors ??= []).push({});
}
var _valid6 = _errs48 === errors;
errors = _errs47;
if(vErrors !== null){
if(_errs47){
vErrors.length = _errs47;
}
else {
vErrors = null;
}
}
if(_valid6){
const _errs50 = errors;
if(!(validate36(data6, instancePath+"/rate"))){
errors = add(vErrors ??= [], validate36);
}
var _valid6 = _errs50 === errors;
valid11 = _valid6;
}
if(!valid11){
errors = (vErrors ??= []).push(fault(instancePath+"/rate", "if", {failingKeyword: "then"}));
}
const _errs52 = errors;
let valid12 = true;
const _errs53 = errors;
if(data6 !== null){
errors = (vErrors ??= []).push({});
}
var _valid7 = _errs53 === errors;
errors = _errs52;
if(vErrors !== null){
if(_errs52){
vErrors.length = _errs52;
}
else {
vErrors = null;
}
}
if(_valid7){
const _errs55 = errors;
if(data6 !== null){
errors = (vErrors ??= []).push(fault(instancePath+"/rate", "type", {type: "null"}));
}
var _valid7 = _errs55 === errors;
valid12 = _valid7;
}
if(!valid12){
errors = (vErrors ??= []).push(fault(instancePath+"/rate", "if", {failingKeyword: "then"}));
}
}
if(data.concurrency !== undefined){
if(!(validate38(data.concurrency, instancePath+"/concurrency"))){
errors = add(vErrors ??= [], validate38);
}
}
if(data.ordered !== undefined){
if(!(validate40(data.ordered, instancePath+"/ordered"))){
errors = add(vErrors ??= [], validate40);
}
}
if(data.destination !== undefined){
if(!(validate42(data.destination, instancePath+"/destination"))){
errors = add(vErrors ??= [], validate42);
}
}
if(data.auth !== undefined){
let data10 = data.auth;
if((!(isObject(data10))) && (data10 !== null)){
errors = (vErrors ??= []).push(fault(instancePath+"/auth", "type", {type: ["object","null"]}));
}
const _errs63 = errors;
let valid14 = true;
const _errs64 = errors;
if(!(isObject(data10))){
errors = (vErrors ??= []).push({});
}
var _valid8 = _errs64 === errors;
errors = _errs63;
if(vErrors !== null){
if(_errs63){
vErrors.length = _errs63;
}
else {
vErrors = null;
}
}
if(_valid8){
const _errs66 = errors;
if(!(validate51(data10, instancePath+"/auth"))){
errors = add(vErrors ??= [], validate51);
}
var _valid8 = _errs66 === errors;
valid14 = _valid8;
}
if(!valid14){
errors = (vErrors ??= []).push(fault(instancePath+"/auth", "if", {failingKeyword: "then"}));
}
const _errs68 = errors;
let valid15 = true;
const _errs69 = errors;
if(data10 !== null){
errors = (vErrors ??= []).push({});
}
var _valid9 = _errs69 === errors;
errors = _errs68;
if(vErrors !== null){
if(_errs68){
vErrors.length = _errs68;
}
else {
vErrors = null;
}
}
if(_valid9){
const _errs71 = errors;
if(data10 !== null){
errors = (vErrors ??= []).push(fault(instancePath+"/auth", "type", {type: "null"}));
}
var _valid9 = _errs71 === errors;
valid15 = _valid9;
}
if(!valid15){
errors = (vErrors ??= []).push(fault(instancePath+"/auth", "if", {failingKeyword: "then"}));
}
}
if(data.schedule !== undefined){
if(!(validate60(data.schedule, instancePath+"/schedule"))){
errors = add(vErrors ??= [], validate60);
}
}
if(data.timeoutSeconds !== undefined){
if(!(validate62(data.timeoutSeconds, instancePath+"/timeoutSeconds"))){
errors = add(vErrors ??= [], validate62);
}
}
if(data.payload !== undefined){
if(!(validate64(data.payload, instancePath+"/payload"))){
errors = add(vErrors ??= [], validate64);
}
}
if(data.retentionDays !== undefined){
if(!(validate66(data.retentionDays, instancePath+"/retentionDays"))){
errors = add(vErrors ??= [], validate66);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate72.errors = vErrors;
return errors === 0;
}

export const validateFilterTest = validate88;


function validate88(data, instancePath=""){
/*# sourceURL="FilterTest" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.filter === null){
delete data.filter;
}
}
if(isObject(data)){
if(data.type === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "type"}));
}
if(data.data === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "data"}));
}
for(const key0 in data){
if(!(((key0 === "type") || (key0 === "data")) || (key0 === "filter"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.type !== undefined){
let data0 = data.type;
if(typeof data0 === "string"){
if(func3(data0) > 128){
errors = (vErrors ??= []).push(fault(instancePath+"/type", "maxLength", {limit: 128}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/type", "type", {type: "string"}));
}
}
if(data.data !== undefined){
let data1 = data.data;
if(!(isObject(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/data", "type", {type: "object"}));
}
}
if(data.filter !== undefined){
if(!(validate32(data.filter, instancePath+"/filter"))){
errors = add(vErrors ??= [], validate32);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate88.errors = vErrors;
return errors === 0;
}

export const validateRotation = validate90;


function validate90(data, instancePath=""){
/*# sourceURL="Rotation" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.overlapSeconds === null){
delete data.overlapSeconds;
}
if(data.scheme === null){
delete data.scheme;
}
if(data.secret === null){
delete data.secret;
}
}
if(isObject(data)){
for(const key0 in data){
if(!(((key0 === "overlapSeconds") || (key0 === "scheme")) || (key0 === "secret"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.overlapSeconds !== undefined){
let data0 = data.overlapSeconds;
if(!(Number.isInteger(data0))){
errors = (vErrors ??= []).push(fault(instancePath+"/overlapSeconds", "type", {type: "integer"}));
}
if(Number.isFinite(data0)){
if(data0 > 604800 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/overlapSeconds", "maximum", {limit: 604800}));
}
if(data0 < 0 || isNaN(data0)){
errors = (vErrors ??= []).push(fault(instancePath+"/overlapSeconds", "minimum", {limit: 0}));
}
}
}
if(data.scheme !== undefined){
if(!(validate68(data.scheme, instancePath+"/scheme"))){
errors = add(vErrors ??= [], validate68);
}
}
if(data.secret !== undefined){
if(!(validate70(data.secret, instancePath+"/secret"))){
errors = add(vErrors ??= [], validate70);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate90.errors = vErrors;
return errors === 0;
}

export const validateReplay = validate93;

const formats0 = /^(?:\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)|23:59:60(?:\.\d+)?(?:Z|[+-]00:00))$/i;


function validate95(data, instancePath=""){
/*# sourceURL="ReplayedStatuses" */;
let vErrors = null;
let errors = 0;
if(Array.isArray(data)){
if(data.length < 1){
errors = (vErrors ??= []).push(fault(instancePath, "minItems", {limit: 1}));
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 !== "string"){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "type", {type: "string"}));
}
if(!(((data0 === "exhausted") || (data0 === "skipped")) || (data0 === "delivered"))){
errors = (vErrors ??= []).push(fault(instancePath+"/" + i0, "enum", {allowedValues: ["exhausted","skipped","delivered"]}));
}
}
let i1 = data.length;
let j0;
if(i1 > 1){
const indices0 = {};
for(;i1--;){
let item0 = data[i1];
if(typeof item0 !== "string"){
continue;
}
if(typeof indices0[item0] == "number"){
j0 = indices0[item0];
errors = (vErrors ??= []).push(fault(instancePath, "uniqueItems", {i: i1, j: j0}));
break;
}
indices0[item0] = i1;
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "array"}));
}
validate95.errors = vErrors;
return errors === 0;
}



function validate97(data, instancePath=""){
/*# sourceURL="Next" */;
let vErrors = null;
let errors = 0;
if(typeof data === "string"){
if(func3(data) > 1024){
errors = (vErrors ??= []).push(fault(instancePath, "maxLength", {limit: 1024}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "string"}));
}
validate97.errors = vErrors;
return errors === 0;
}


function validate93(data, instancePath=""){
/*# sourceURL="Replay" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.types === null){
delete data.types;
}
if(data.statuses === null){
delete data.statuses;
}
if(data.after === null){
delete data.after;
}
}
if(isObject(data)){
if(data.since === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "since"}));
}
for(const key0 in data){
if(!((((key0 === "since") || (key0 === "types")) || (key0 === "statuses")) || (key0 === "after"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.since !== undefined){
let data0 = data.since;
if(typeof data0 === "string"){
if(!(formats0.test(data0))){
errors = (vErrors ??= []).push(fault(instancePath+"/since", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/since", "type", {type: "string"}));
}
}
if(data.types !== undefined){
if(!(validate30(data.types, instancePath+"/types"))){
errors = add(vErrors ??= [], validate30);
}
}
if(data.statuses !== undefined){
if(!(validate95(data.statuses, instancePath+"/statuses"))){
errors = add(vErrors ??= [], validate95);
}
}
if(data.after !== undefined){
if(!(validate97(data.after, instancePath+"/after"))){
errors = add(vErrors ??= [], validate97);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate93.errors = vErrors;
return errors === 0;
}

export const validateNewReplay = validate99;


function validate99(data, instancePath=""){
/*# sourceURL="NewReplay" */;
let vErrors = null;
let errors = 0;
if(isObject(data)){
if(data.until === null){
delete data.until;
}
if(data.types === null){
delete data.types;
}
if(data.statuses === null){
delete data.statuses;
}
}
if(isObject(data)){
if(data.since === undefined){
errors = (vErrors ??= []).push(fault(instancePath, "required", {missingProperty: "since"}));
}
for(const key0 in data){
if(!((((key0 === "since") || (key0 === "until")) || (key0 === "types")) || (key0 === "statuses"))){
errors = (vErrors ??= []).push(fault(instancePath, "additionalProperties", {additionalProperty: key0}));
}
}
if(data.since !== undefined){
let data0 = data.since;
if(typeof data0 === "string"){
if(!(formats0.test(data0))){
errors = (vErrors ??= []).push(fault(instancePath+"/since", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/since", "type", {type: "string"}));
}
}
if(data.until !== undefined){
let data1 = data.until;
if(typeof data1 === "string"){
if(!(formats0.test(data1))){
errors = (vErrors ??= []).push(fault(instancePath+"/until", "format", {format: "date-time"}));
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath+"/until", "type", {type: "string"}));
}
}
if(data.types !== undefined){
if(!(validate30(data.types, instancePath+"/types"))){
errors = add(vErrors ??= [], validate30);
}
}
if(data.statuses !== undefined){
if(!(validate95(data.statuses, instancePath+"/statuses"))){
errors = add(vErrors ??= [], validate95);
}
}
}
else {
errors = (vErrors ??= []).push(fault(instancePath, "type", {type: "object"}));
}
validate99.errors = vErrors;
return errors === 0;
}

export const rules = {
    "^[!-~]*$": "must be made of visible ASCII characters",
    "^[^\\p{Cc}\\p{Cs}\\p{Noncharacter_Code_Point}]*$": "must not have control characters, lone surrogates or noncharacters",
    "^(?:\\*|[a-z0-9_]+(?:\\.[a-z0-9_]+)*(?:\\.\\*)?)$": "must be *, the name of an event, or the beginning of names followed by .*",
    "^(?!(?:__proto__|constructor)$)[A-Za-z0-9!#$%&'*+.^_|~-]{1,64}$": "must be the name of a header",
    "^[!-~](?:[ -~]*[!-~])?$": "must be made of visible ASCII characters, with spaces only between them",
    "^arn:aws(?:-[a-z]+)*:sqs:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:[A-Za-z0-9_-]{1,75}(?:\\.fifo)?$": "must be the ARN of a queue",
    "^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role/commerce-webhooks-[A-Za-z0-9+=,.@_-]{1,46}$": "must be the ARN of a role whose name begins with commerce-webhooks-",
    "^arn:aws(?:-[a-z]+)*:events:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:event-bus/[A-Za-z0-9._-]{1,256}$": "must be the ARN of an event bus",
    "^[!-9;-~]+$": "must be made of visible ASCII characters other than :",
    "^[ -~]+$": "must be made of ASCII characters",
    "^[!-~]+(?: [!-~]+)*$": "must be names separated by spaces"
};
